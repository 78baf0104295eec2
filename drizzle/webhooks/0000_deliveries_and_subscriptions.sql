CREATE SCHEMA "webhooks";
--> statement-breakpoint
CREATE TABLE "webhooks"."deliveries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"url" text NOT NULL,
	"object" text NOT NULL,
	"path" text NOT NULL,
	"patient_code" text,
	"started_at" timestamp with time zone,
	"sha256" text,
	"size" bigint,
	"status" text DEFAULT 'pending' NOT NULL,
	"failure_code" text,
	"failure_reason" text,
	"recording_id" uuid,
	"session_id" uuid,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "deliveries_patient_code" CHECK ("webhooks"."deliveries"."patient_code" ~ '^P[0-9]{3,9}$'),
	CONSTRAINT "deliveries_sha256" CHECK ("webhooks"."deliveries"."sha256" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "deliveries_size" CHECK ("webhooks"."deliveries"."size" >= 0),
	CONSTRAINT "deliveries_status" CHECK ("webhooks"."deliveries"."status" in ('pending', 'processing', 'completed', 'failed')),
	CONSTRAINT "deliveries_failure" CHECK (("webhooks"."deliveries"."status" = 'failed') = ("webhooks"."deliveries"."failure_code" is not null) and ("webhooks"."deliveries"."failure_code" is null) = ("webhooks"."deliveries"."failure_reason" is null)),
	CONSTRAINT "deliveries_completed" CHECK ("webhooks"."deliveries"."status" <> 'completed' or "webhooks"."deliveries"."recording_id" is not null),
	CONSTRAINT "deliveries_finished" CHECK (("webhooks"."deliveries"."status" in ('completed', 'failed')) = ("webhooks"."deliveries"."finished_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "webhooks"."subscriptions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"url" text NOT NULL,
	"events" text[] NOT NULL,
	"secret" text NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"last_delivered_at" timestamp with time zone,
	"last_failed_at" timestamp with time zone,
	"last_failure_code" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "subscriptions_events" CHECK ("webhooks"."subscriptions"."events" <@ array['analysis.completed', 'analysis.failed'] and cardinality("webhooks"."subscriptions"."events") > 0),
	CONSTRAINT "subscriptions_failure" CHECK (("webhooks"."subscriptions"."last_failed_at" is null) = ("webhooks"."subscriptions"."last_failure_code" is null))
);
--> statement-breakpoint
CREATE TABLE "webhooks"."taken_messages" (
	"fingerprint" text PRIMARY KEY NOT NULL,
	"expires_at" timestamp with time zone
);
--> statement-breakpoint
CREATE INDEX "deliveries_by_status" ON "webhooks"."deliveries" USING btree ("status","id");--> statement-breakpoint
CREATE INDEX "deliveries_of_object" ON "webhooks"."deliveries" USING btree (md5("object"));--> statement-breakpoint
CREATE INDEX "taken_messages_by_expiry" ON "webhooks"."taken_messages" USING btree ("expires_at");--> statement-breakpoint
ALTER TABLE "webhooks"."deliveries" ADD CONSTRAINT "deliveries_recording_id_recordings_id_fk" FOREIGN KEY ("recording_id") REFERENCES "c3d_reader"."recordings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhooks"."deliveries" ADD CONSTRAINT "deliveries_session_id_therapy_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "clinical_records"."therapy_sessions"("id") ON DELETE set null ON UPDATE no action;
