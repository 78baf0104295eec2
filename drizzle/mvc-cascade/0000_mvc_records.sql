CREATE SCHEMA "mvc_cascade";
--> statement-breakpoint
CREATE TABLE "mvc_cascade"."mvc_records" (
	"id" uuid PRIMARY KEY NOT NULL,
	"entry" bigint GENERATED ALWAYS AS IDENTITY (sequence name "mvc_cascade"."mvc_records_entry_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"patient_id" uuid NOT NULL,
	"muscle" text NOT NULL,
	"side" text NOT NULL,
	"value" double precision,
	"unit_basis" text NOT NULL,
	"source" text NOT NULL,
	"method" text NOT NULL,
	"recording_id" uuid,
	"channel_index" integer,
	"channel_name" text,
	"trials" json,
	"spread_percent" double precision,
	"flags" text[] NOT NULL,
	"recorded_by" text,
	"recorded_at" timestamp with time zone NOT NULL,
	"valid_from" timestamp with time zone NOT NULL,
	"valid_until" timestamp with time zone,
	"supersedes" uuid,
	CONSTRAINT "mvc_records_entry_unique" UNIQUE("entry"),
	CONSTRAINT "mvc_records_muscle_normalised" CHECK ("mvc_cascade"."mvc_records"."muscle" !~ '^ | $|  |[[:cntrl:]]' and "mvc_cascade"."mvc_records"."muscle" <> ''),
	CONSTRAINT "mvc_records_side" CHECK ("mvc_cascade"."mvc_records"."side" in ('left', 'right', 'none')),
	CONSTRAINT "mvc_records_source" CHECK ("mvc_cascade"."mvc_records"."source" in ('manual', 'calibration')),
	CONSTRAINT "mvc_records_unit_basis" CHECK ("mvc_cascade"."mvc_records"."unit_basis" in ('declared', 'assumed')),
	CONSTRAINT "mvc_records_value_plausible" CHECK ("mvc_cascade"."mvc_records"."value" between 1e-6 and 1e-2),
	CONSTRAINT "mvc_records_validity" CHECK ("mvc_cascade"."mvc_records"."valid_until" > "mvc_cascade"."mvc_records"."valid_from"),
	CONSTRAINT "mvc_records_withdrawal" CHECK ("mvc_cascade"."mvc_records"."value" is not null or ("mvc_cascade"."mvc_records"."source" = 'manual' and "mvc_cascade"."mvc_records"."supersedes" is not null)),
	CONSTRAINT "mvc_records_calibration" CHECK (("mvc_cascade"."mvc_records"."source" = 'calibration') = ("mvc_cascade"."mvc_records"."recording_id" is not null and "mvc_cascade"."mvc_records"."channel_index" is not null and "mvc_cascade"."mvc_records"."channel_name" is not null and "mvc_cascade"."mvc_records"."trials" is not null))
);
--> statement-breakpoint
ALTER TABLE "mvc_cascade"."mvc_records" ADD CONSTRAINT "mvc_records_supersedes_mvc_records_id_fk" FOREIGN KEY ("supersedes") REFERENCES "mvc_cascade"."mvc_records"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "mvc_records_of_patient" ON "mvc_cascade"."mvc_records" USING btree ("patient_id","entry");--> statement-breakpoint
ALTER TABLE "mvc_cascade"."mvc_records" ADD CONSTRAINT "mvc_records_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "clinical_records"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mvc_cascade"."mvc_records" ADD CONSTRAINT "mvc_records_recording_id_recordings_id_fk" FOREIGN KEY ("recording_id") REFERENCES "c3d_reader"."recordings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE FUNCTION "mvc_cascade"."refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'MVC records are neither changed nor removed: enter one that supersedes' USING ERRCODE = 'restrict_violation';
END
$$;--> statement-breakpoint
CREATE TRIGGER "mvc_records_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "mvc_cascade"."mvc_records" FOR EACH STATEMENT EXECUTE FUNCTION "mvc_cascade"."refuse_change"();
