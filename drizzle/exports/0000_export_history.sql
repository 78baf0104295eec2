CREATE SCHEMA "exports";
--> statement-breakpoint
CREATE TABLE "exports"."export_history" (
	"id" uuid PRIMARY KEY NOT NULL,
	"recording_id" uuid NOT NULL,
	"session_id" uuid,
	"format" text NOT NULL,
	"table_name" text,
	"identity" text NOT NULL,
	"preset" text NOT NULL,
	"pipeline_version" text NOT NULL,
	"inputs" text NOT NULL,
	"bytes" bigint NOT NULL,
	"sha256" text NOT NULL,
	"exported_by" text,
	"exported_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "export_history_identity" CHECK ("exports"."export_history"."identity" in ('pseudonymised')),
	CONSTRAINT "export_history_bytes" CHECK ("exports"."export_history"."bytes" >= 0),
	CONSTRAINT "export_history_sha256" CHECK ("exports"."export_history"."sha256" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE INDEX "export_history_recording" ON "exports"."export_history" USING btree ("recording_id","id");--> statement-breakpoint
CREATE INDEX "export_history_session" ON "exports"."export_history" USING btree ("session_id","id");--> statement-breakpoint
ALTER TABLE "exports"."export_history" ADD CONSTRAINT "export_history_recording_id_recordings_id_fk" FOREIGN KEY ("recording_id") REFERENCES "c3d_reader"."recordings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exports"."export_history" ADD CONSTRAINT "export_history_session_id_therapy_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "clinical_records"."therapy_sessions"("id") ON DELETE set null ON UPDATE no action;
