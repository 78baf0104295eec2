CREATE TABLE "c3d_reader"."removed_blobs" (
	"sha256" text PRIMARY KEY NOT NULL,
	"removed_at" timestamp with time zone DEFAULT now() NOT NULL
);
