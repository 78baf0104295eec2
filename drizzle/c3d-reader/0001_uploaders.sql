CREATE TABLE "c3d_reader"."recording_uploaders" (
	"recording_id" uuid NOT NULL,
	"identity" text NOT NULL,
	"uploaded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "recording_uploaders_recording_id_identity_pk" PRIMARY KEY("recording_id","identity")
);
--> statement-breakpoint
ALTER TABLE "c3d_reader"."recording_uploaders" ADD CONSTRAINT "recording_uploaders_recording_id_recordings_id_fk" FOREIGN KEY ("recording_id") REFERENCES "c3d_reader"."recordings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "recording_uploaders_by_identity" ON "c3d_reader"."recording_uploaders" USING btree ("identity","recording_id");