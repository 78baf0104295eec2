CREATE TABLE "myoserve"."job_runs" (
	"job" uuid PRIMARY KEY NOT NULL,
	"queue" text NOT NULL,
	"attempt" integer NOT NULL,
	"node" uuid NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"percent" smallint,
	"note" text
);
--> statement-breakpoint
CREATE INDEX "job_runs_by_node" ON "myoserve"."job_runs" USING btree ("node");