CREATE SCHEMA IF NOT EXISTS "myoserve";
--> statement-breakpoint
CREATE UNLOGGED TABLE "myoserve"."analytics_cache" (
	"key" text COLLATE "C" PRIMARY KEY NOT NULL,
	"namespace" text NOT NULL,
	"format" text NOT NULL,
	"value" jsonb,
	"bytes" "bytea",
	"tags" jsonb NOT NULL,
	"inputs" text,
	"created_at" timestamp with time zone NOT NULL,
	"fresh_until" timestamp with time zone NOT NULL,
	"kept_until" timestamp with time zone NOT NULL,
	"negative" boolean NOT NULL,
	"size" integer NOT NULL,
	"checksum" "bytea" NOT NULL,
	CONSTRAINT "analytics_cache_format" CHECK (("myoserve"."analytics_cache"."format" = 'json' and "myoserve"."analytics_cache"."value" is not null and "myoserve"."analytics_cache"."bytes" is null)
        or ("myoserve"."analytics_cache"."format" in ('text', 'bytes') and "myoserve"."analytics_cache"."value" is null and "myoserve"."analytics_cache"."bytes" is not null))
);
--> statement-breakpoint
CREATE UNLOGGED TABLE "myoserve"."cache_leases" (
	"key" text COLLATE "C" PRIMARY KEY NOT NULL,
	"holder" uuid NOT NULL,
	"held_until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "myoserve"."cache_nodes" (
	"node" uuid PRIMARY KEY NOT NULL,
	"beat" bigint NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"beat_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "myoserve"."cache_state" (
	"key" text COLLATE "C" PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "myoserve"."cache_tags" (
	"tag" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"bumped_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "analytics_cache_kept_until" ON "myoserve"."analytics_cache" USING btree ("kept_until");--> statement-breakpoint
CREATE INDEX "analytics_cache_namespace" ON "myoserve"."analytics_cache" USING btree ("namespace");--> statement-breakpoint
CREATE INDEX "cache_leases_held_until" ON "myoserve"."cache_leases" USING btree ("held_until");--> statement-breakpoint
ALTER TABLE "myoserve"."analytics_cache" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;
