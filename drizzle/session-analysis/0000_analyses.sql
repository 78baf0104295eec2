CREATE SCHEMA "session_analysis";
--> statement-breakpoint
CREATE TABLE "session_analysis"."analyses" (
	"id" uuid PRIMARY KEY NOT NULL,
	"session_id" uuid NOT NULL,
	"recording_id" uuid NOT NULL,
	"inputs" text NOT NULL,
	"preset" text NOT NULL,
	"pipeline_version" text NOT NULL,
	"result" json NOT NULL,
	"completed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "analyses_inputs" UNIQUE("session_id","recording_id","inputs"),
	CONSTRAINT "analyses_inputs_hex" CHECK ("session_analysis"."analyses"."inputs" ~ '^[0-9a-f]{32,64}$')
);
--> statement-breakpoint
CREATE INDEX "analyses_of_session" ON "session_analysis"."analyses" USING btree ("session_id","id");--> statement-breakpoint
ALTER TABLE "session_analysis"."analyses" ADD CONSTRAINT "analyses_session_id_therapy_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "clinical_records"."therapy_sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_analysis"."analyses" ADD CONSTRAINT "analyses_recording_id_recordings_id_fk" FOREIGN KEY ("recording_id") REFERENCES "c3d_reader"."recordings"("id") ON DELETE no action ON UPDATE no action;
