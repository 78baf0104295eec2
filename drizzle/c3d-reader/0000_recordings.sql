CREATE SCHEMA "c3d_reader";
--> statement-breakpoint
CREATE TABLE "c3d_reader"."recordings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"sha256" text NOT NULL,
	"file_name" text NOT NULL,
	"size" bigint NOT NULL,
	"format" text NOT NULL,
	"description" json NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "recordings_sha256_unique" UNIQUE("sha256"),
	CONSTRAINT "recordings_sha256_hex" CHECK ("c3d_reader"."recordings"."sha256" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "recordings_size_positive" CHECK ("c3d_reader"."recordings"."size" > 0)
);
