CREATE SCHEMA "clinical_records";
--> statement-breakpoint
CREATE TABLE "clinical_records"."muscle_targets" (
	"patient_id" uuid NOT NULL,
	"muscle" text NOT NULL,
	"side" text NOT NULL,
	"contractions" integer,
	"duration_ms" double precision,
	"mvc_percent" double precision,
	CONSTRAINT "muscle_targets_patient_id_muscle_side_pk" PRIMARY KEY("patient_id","muscle","side"),
	CONSTRAINT "muscle_targets_muscle_normalised" CHECK ("clinical_records"."muscle_targets"."muscle" !~ '^ | $|  |[[:cntrl:]]' and length("clinical_records"."muscle_targets"."muscle") between 1 and 100),
	CONSTRAINT "muscle_targets_side" CHECK ("clinical_records"."muscle_targets"."side" in ('left', 'right', 'none')),
	CONSTRAINT "muscle_targets_contractions" CHECK ("clinical_records"."muscle_targets"."contractions" between 1 and 10000),
	CONSTRAINT "muscle_targets_duration" CHECK ("clinical_records"."muscle_targets"."duration_ms" > 0 and "clinical_records"."muscle_targets"."duration_ms" <= 600000),
	CONSTRAINT "muscle_targets_mvc_percent" CHECK ("clinical_records"."muscle_targets"."mvc_percent" between 0 and 100)
);
--> statement-breakpoint
CREATE TABLE "clinical_records"."patients" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"treatment_start" date,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "patients_code_unique" UNIQUE("code"),
	CONSTRAINT "patients_code_format" CHECK ("clinical_records"."patients"."code" ~ '^P[0-9]{3,9}$')
);
--> statement-breakpoint
CREATE TABLE "clinical_records"."therapy_sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"patient_id" uuid NOT NULL,
	"recording_id" uuid,
	"started_at" timestamp with time zone NOT NULL,
	"rpe" smallint,
	"bfr_left" double precision,
	"bfr_right" double precision,
	"game_points" double precision,
	"game_max" double precision,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "therapy_sessions_recording_id_unique" UNIQUE("recording_id"),
	CONSTRAINT "therapy_sessions_rpe" CHECK ("clinical_records"."therapy_sessions"."rpe" between 0 and 10),
	CONSTRAINT "therapy_sessions_bfr_left" CHECK ("clinical_records"."therapy_sessions"."bfr_left" between 0 and 100),
	CONSTRAINT "therapy_sessions_bfr_right" CHECK ("clinical_records"."therapy_sessions"."bfr_right" between 0 and 100),
	CONSTRAINT "therapy_sessions_game_points" CHECK ("clinical_records"."therapy_sessions"."game_points" >= 0 and "clinical_records"."therapy_sessions"."game_points" < 'Infinity'),
	CONSTRAINT "therapy_sessions_game_max" CHECK ("clinical_records"."therapy_sessions"."game_max" > 0 and "clinical_records"."therapy_sessions"."game_max" < 'Infinity'),
	CONSTRAINT "therapy_sessions_game_whole" CHECK (("clinical_records"."therapy_sessions"."game_points" is null) = ("clinical_records"."therapy_sessions"."game_max" is null))
);
--> statement-breakpoint
ALTER TABLE "clinical_records"."muscle_targets" ADD CONSTRAINT "muscle_targets_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "clinical_records"."patients"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clinical_records"."therapy_sessions" ADD CONSTRAINT "therapy_sessions_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "clinical_records"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clinical_records"."therapy_sessions" ADD CONSTRAINT "therapy_sessions_recording_id_recordings_id_fk" FOREIGN KEY ("recording_id") REFERENCES "c3d_reader"."recordings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "therapy_sessions_of_patient" ON "clinical_records"."therapy_sessions" USING btree ("patient_id","started_at","id");--> statement-breakpoint
CREATE INDEX "therapy_sessions_by_time" ON "clinical_records"."therapy_sessions" USING btree ("started_at","id");