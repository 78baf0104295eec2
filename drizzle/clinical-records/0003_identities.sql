CREATE TABLE "clinical_records"."erased_patients" (
	"code" text PRIMARY KEY NOT NULL,
	"erased_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "erased_patients_code_format" CHECK ("clinical_records"."erased_patients"."code" ~ '^P[0-9]{3,9}$')
);
--> statement-breakpoint
CREATE TABLE "clinical_records"."patient_identities" (
	"patient_id" uuid PRIMARY KEY NOT NULL,
	"name" text,
	"date_of_birth" text,
	"record_number" text,
	"record_number_index" text,
	"phone" text,
	"email" text,
	"address" text,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "patient_identities_indexed" CHECK (("clinical_records"."patient_identities"."record_number" is null) = ("clinical_records"."patient_identities"."record_number_index" is null)),
	CONSTRAINT "patient_identities_sealed" CHECK ("clinical_records"."patient_identities"."name" ~ '^v1\.[0-9a-f]{12}\.' and "clinical_records"."patient_identities"."date_of_birth" ~ '^v1\.[0-9a-f]{12}\.' and "clinical_records"."patient_identities"."record_number" ~ '^v1\.[0-9a-f]{12}\.' and "clinical_records"."patient_identities"."phone" ~ '^v1\.[0-9a-f]{12}\.' and "clinical_records"."patient_identities"."email" ~ '^v1\.[0-9a-f]{12}\.' and "clinical_records"."patient_identities"."address" ~ '^v1\.[0-9a-f]{12}\.')
);
--> statement-breakpoint
ALTER TABLE "clinical_records"."patient_identities" ADD CONSTRAINT "patient_identities_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "clinical_records"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "patient_identities_by_record_number" ON "clinical_records"."patient_identities" USING btree ("record_number_index");