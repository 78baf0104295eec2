CREATE SCHEMA "analytics";
--> statement-breakpoint
CREATE TABLE "analytics"."summaries" (
	"analysis_id" uuid NOT NULL,
	"version" text NOT NULL,
	"summary" json NOT NULL,
	CONSTRAINT "summaries_analysis_id_version_pk" PRIMARY KEY("analysis_id","version")
);
--> statement-breakpoint
ALTER TABLE "analytics"."summaries" ADD CONSTRAINT "summaries_analysis_id_analyses_id_fk" FOREIGN KEY ("analysis_id") REFERENCES "session_analysis"."analyses"("id") ON DELETE cascade ON UPDATE no action;
