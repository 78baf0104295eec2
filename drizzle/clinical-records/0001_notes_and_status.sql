CREATE TABLE "clinical_records"."clinical_notes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"patient_id" uuid NOT NULL,
	"session_id" uuid,
	"text" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "clinical_notes_text" CHECK (length("clinical_records"."clinical_notes"."text") between 1 and 10000)
);
--> statement-breakpoint
ALTER TABLE "clinical_records"."patients" ADD COLUMN "therapist" text;--> statement-breakpoint
ALTER TABLE "clinical_records"."patients" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "clinical_records"."therapy_sessions" ADD COLUMN "started_at_basis" text DEFAULT 'stated' NOT NULL;--> statement-breakpoint
ALTER TABLE "clinical_records"."therapy_sessions" ADD COLUMN "settings" jsonb;--> statement-breakpoint
ALTER TABLE "clinical_records"."therapy_sessions" ADD COLUMN "status" text DEFAULT 'pending' NOT NULL;--> statement-breakpoint
ALTER TABLE "clinical_records"."therapy_sessions" ADD COLUMN "failure_code" text;--> statement-breakpoint
ALTER TABLE "clinical_records"."therapy_sessions" ADD COLUMN "failure_reason" text;--> statement-breakpoint
ALTER TABLE "clinical_records"."therapy_sessions" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "clinical_records"."clinical_notes" ADD CONSTRAINT "clinical_notes_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "clinical_records"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clinical_records"."therapy_sessions" ADD CONSTRAINT "therapy_sessions_patient_and_id" UNIQUE("patient_id","id");--> statement-breakpoint
ALTER TABLE "clinical_records"."clinical_notes" ADD CONSTRAINT "clinical_notes_session_of_patient" FOREIGN KEY ("patient_id","session_id") REFERENCES "clinical_records"."therapy_sessions"("patient_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "clinical_notes_of_patient" ON "clinical_records"."clinical_notes" USING btree ("patient_id","id");--> statement-breakpoint
CREATE INDEX "clinical_notes_of_session" ON "clinical_records"."clinical_notes" USING btree ("session_id","id");--> statement-breakpoint
ALTER TABLE "clinical_records"."patients" ADD CONSTRAINT "patients_therapist" CHECK (length("clinical_records"."patients"."therapist") between 1 and 100);--> statement-breakpoint
ALTER TABLE "clinical_records"."therapy_sessions" ADD CONSTRAINT "therapy_sessions_started_at_basis" CHECK ("clinical_records"."therapy_sessions"."started_at_basis" in ('stated', 'metadata', 'file-name', 'received'));--> statement-breakpoint
ALTER TABLE "clinical_records"."therapy_sessions" ADD CONSTRAINT "therapy_sessions_settings" CHECK (jsonb_typeof("clinical_records"."therapy_sessions"."settings") = 'object');--> statement-breakpoint
ALTER TABLE "clinical_records"."therapy_sessions" ADD CONSTRAINT "therapy_sessions_status" CHECK ("clinical_records"."therapy_sessions"."status" in ('pending', 'processing', 'completed', 'failed'));--> statement-breakpoint
ALTER TABLE "clinical_records"."therapy_sessions" ADD CONSTRAINT "therapy_sessions_failure" CHECK (("clinical_records"."therapy_sessions"."status" = 'failed') = ("clinical_records"."therapy_sessions"."failure_code" is not null) and ("clinical_records"."therapy_sessions"."failure_code" is null) = ("clinical_records"."therapy_sessions"."failure_reason" is null));--> statement-breakpoint
ALTER TABLE "clinical_records"."therapy_sessions" ADD CONSTRAINT "therapy_sessions_completed" CHECK ("clinical_records"."therapy_sessions"."status" <> 'completed' or "clinical_records"."therapy_sessions"."recording_id" is not null);