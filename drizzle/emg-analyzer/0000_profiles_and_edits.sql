CREATE SCHEMA "emg_analyzer";
--> statement-breakpoint
CREATE TABLE "emg_analyzer"."channel_profiles" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"patient_code" text,
	"file_pattern" text,
	"channels" json NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "channel_profiles_name_unique" UNIQUE("name"),
	CONSTRAINT "channel_profiles_name" CHECK (length("emg_analyzer"."channel_profiles"."name") between 1 and 100),
	CONSTRAINT "channel_profiles_file_pattern" CHECK (length("emg_analyzer"."channel_profiles"."file_pattern") between 1 and 200),
	CONSTRAINT "channel_profiles_version" CHECK ("emg_analyzer"."channel_profiles"."version" > 0)
);
--> statement-breakpoint
CREATE TABLE "emg_analyzer"."contraction_edits" (
	"id" uuid PRIMARY KEY NOT NULL,
	"recording_id" uuid NOT NULL,
	"edit" json,
	"revokes" uuid,
	"reason" text,
	"author" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "contraction_edits_revokes_unique" UNIQUE("revokes"),
	CONSTRAINT "contraction_edits_one_of" CHECK (("emg_analyzer"."contraction_edits"."edit" is null) <> ("emg_analyzer"."contraction_edits"."revokes" is null)),
	CONSTRAINT "contraction_edits_reason" CHECK (length("emg_analyzer"."contraction_edits"."reason") between 1 and 500)
);
--> statement-breakpoint
CREATE INDEX "contraction_edits_recording" ON "emg_analyzer"."contraction_edits" USING btree ("recording_id");--> statement-breakpoint
ALTER TABLE "emg_analyzer"."channel_profiles" ADD CONSTRAINT "channel_profiles_patient_code_patients_code_fk" FOREIGN KEY ("patient_code") REFERENCES "clinical_records"."patients"("code") ON DELETE cascade ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "emg_analyzer"."contraction_edits" ADD CONSTRAINT "contraction_edits_recording_id_recordings_id_fk" FOREIGN KEY ("recording_id") REFERENCES "c3d_reader"."recordings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "emg_analyzer"."contraction_edits" ADD CONSTRAINT "contraction_edits_revokes_contraction_edits_id_fk" FOREIGN KEY ("revokes") REFERENCES "emg_analyzer"."contraction_edits"("id") ON DELETE no action ON UPDATE no action;
