CREATE SCHEMA "performance_scoring";
--> statement-breakpoint
CREATE TABLE "performance_scoring"."activations" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "performance_scoring"."activations_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"configuration_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"activated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "performance_scoring"."assignments" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "performance_scoring"."assignments_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"patient_id" uuid,
	"session_id" uuid,
	"configuration_id" uuid,
	"version" integer,
	"assigned_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "assignments_one_subject" CHECK (num_nonnulls("performance_scoring"."assignments"."patient_id", "performance_scoring"."assignments"."session_id") = 1),
	CONSTRAINT "assignments_whole" CHECK (("performance_scoring"."assignments"."configuration_id" is null) = ("performance_scoring"."assignments"."version" is null))
);
--> statement-breakpoint
CREATE TABLE "performance_scoring"."configuration_versions" (
	"configuration_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"description" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"weight_compliance" double precision NOT NULL,
	"weight_symmetry" double precision NOT NULL,
	"weight_effort" double precision NOT NULL,
	"weight_game" double precision NOT NULL,
	"weight_completion" double precision NOT NULL,
	"weight_intensity" double precision NOT NULL,
	"weight_duration" double precision NOT NULL,
	"rpe_scores" double precision[] NOT NULL,
	"bfr_low_percent" double precision NOT NULL,
	"bfr_high_percent" double precision NOT NULL,
	"target_contractions" integer NOT NULL,
	"target_duration_ms" double precision NOT NULL,
	"target_mvc_percent" double precision NOT NULL,
	"minimum_coverage" double precision NOT NULL,
	CONSTRAINT "configuration_versions_configuration_id_version_pk" PRIMARY KEY("configuration_id","version"),
	CONSTRAINT "configuration_versions_version" CHECK ("performance_scoring"."configuration_versions"."version" >= 1),
	CONSTRAINT "configuration_versions_weights" CHECK (least("performance_scoring"."configuration_versions"."weight_compliance", "performance_scoring"."configuration_versions"."weight_symmetry", "performance_scoring"."configuration_versions"."weight_effort", "performance_scoring"."configuration_versions"."weight_game") >= 0
        and abs("performance_scoring"."configuration_versions"."weight_compliance" + "performance_scoring"."configuration_versions"."weight_symmetry" + "performance_scoring"."configuration_versions"."weight_effort" + "performance_scoring"."configuration_versions"."weight_game" - 1) <= 0.001000001),
	CONSTRAINT "configuration_versions_muscle_weights" CHECK (least("performance_scoring"."configuration_versions"."weight_completion", "performance_scoring"."configuration_versions"."weight_intensity", "performance_scoring"."configuration_versions"."weight_duration") >= 0
        and abs("performance_scoring"."configuration_versions"."weight_completion" + "performance_scoring"."configuration_versions"."weight_intensity" + "performance_scoring"."configuration_versions"."weight_duration" - 1) <= 0.001000001),
	CONSTRAINT "configuration_versions_rpe_scores" CHECK (cardinality("performance_scoring"."configuration_versions"."rpe_scores") = 11 and array_ndims("performance_scoring"."configuration_versions"."rpe_scores") = 1
        and array_position("performance_scoring"."configuration_versions"."rpe_scores", null) is null
        and 0 <= all("performance_scoring"."configuration_versions"."rpe_scores") and 100 >= all("performance_scoring"."configuration_versions"."rpe_scores")),
	CONSTRAINT "configuration_versions_bfr_window" CHECK ("performance_scoring"."configuration_versions"."bfr_low_percent" >= 0 and "performance_scoring"."configuration_versions"."bfr_high_percent" <= 100
        and "performance_scoring"."configuration_versions"."bfr_low_percent" <= "performance_scoring"."configuration_versions"."bfr_high_percent"),
	CONSTRAINT "configuration_versions_targets" CHECK ("performance_scoring"."configuration_versions"."target_contractions" between 1 and 10000
        and "performance_scoring"."configuration_versions"."target_duration_ms" > 0 and "performance_scoring"."configuration_versions"."target_duration_ms" <= 600000
        and "performance_scoring"."configuration_versions"."target_mvc_percent" > 0 and "performance_scoring"."configuration_versions"."target_mvc_percent" <= 100),
	CONSTRAINT "configuration_versions_coverage" CHECK ("performance_scoring"."configuration_versions"."minimum_coverage" between 0 and 1)
);
--> statement-breakpoint
CREATE TABLE "performance_scoring"."configurations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"retired_at" timestamp with time zone,
	CONSTRAINT "configurations_name_unique" UNIQUE("name"),
	CONSTRAINT "configurations_name" CHECK ("performance_scoring"."configurations"."name" !~ '^ | $|[[:cntrl:]]' and length("performance_scoring"."configurations"."name") between 1 and 100)
);
--> statement-breakpoint
CREATE TABLE "performance_scoring"."scores" (
	"id" uuid PRIMARY KEY NOT NULL,
	"session_id" uuid NOT NULL,
	"configuration_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"chosen_by" text NOT NULL,
	"overall" double precision,
	"input" json NOT NULL,
	"score" json NOT NULL,
	"analysis" json,
	"computed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "scores_overall" CHECK ("performance_scoring"."scores"."overall" between 0 and 100),
	CONSTRAINT "scores_chosen_by" CHECK ("performance_scoring"."scores"."chosen_by" in ('session', 'patient', 'active', 'default'))
);
--> statement-breakpoint
ALTER TABLE "performance_scoring"."activations" ADD CONSTRAINT "activations_version_fk" FOREIGN KEY ("configuration_id","version") REFERENCES "performance_scoring"."configuration_versions"("configuration_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "performance_scoring"."assignments" ADD CONSTRAINT "assignments_version_fk" FOREIGN KEY ("configuration_id","version") REFERENCES "performance_scoring"."configuration_versions"("configuration_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "performance_scoring"."configuration_versions" ADD CONSTRAINT "configuration_versions_configuration_id_configurations_id_fk" FOREIGN KEY ("configuration_id") REFERENCES "performance_scoring"."configurations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "performance_scoring"."scores" ADD CONSTRAINT "scores_version_fk" FOREIGN KEY ("configuration_id","version") REFERENCES "performance_scoring"."configuration_versions"("configuration_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "assignments_of_patient" ON "performance_scoring"."assignments" USING btree ("patient_id","id");--> statement-breakpoint
CREATE INDEX "assignments_of_session" ON "performance_scoring"."assignments" USING btree ("session_id","id");--> statement-breakpoint
CREATE INDEX "scores_of_session" ON "performance_scoring"."scores" USING btree ("session_id","id");--> statement-breakpoint
ALTER TABLE "performance_scoring"."assignments" ADD CONSTRAINT "assignments_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "clinical_records"."patients"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "performance_scoring"."assignments" ADD CONSTRAINT "assignments_session_id_therapy_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "clinical_records"."therapy_sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "performance_scoring"."scores" ADD CONSTRAINT "scores_session_id_therapy_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "clinical_records"."therapy_sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE FUNCTION "performance_scoring"."refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION '%.% keeps what it holds: add a row instead', TG_TABLE_SCHEMA, TG_TABLE_NAME
		USING ERRCODE = 'restrict_violation';
END
$$;--> statement-breakpoint
CREATE TRIGGER "configuration_versions_immutable" BEFORE UPDATE OR DELETE OR TRUNCATE ON "performance_scoring"."configuration_versions" FOR EACH STATEMENT EXECUTE FUNCTION "performance_scoring"."refuse_change"();--> statement-breakpoint
CREATE TRIGGER "activations_immutable" BEFORE UPDATE OR DELETE OR TRUNCATE ON "performance_scoring"."activations" FOR EACH STATEMENT EXECUTE FUNCTION "performance_scoring"."refuse_change"();--> statement-breakpoint
CREATE TRIGGER "assignments_immutable" BEFORE UPDATE ON "performance_scoring"."assignments" FOR EACH STATEMENT EXECUTE FUNCTION "performance_scoring"."refuse_change"();--> statement-breakpoint
CREATE TRIGGER "scores_immutable" BEFORE UPDATE ON "performance_scoring"."scores" FOR EACH STATEMENT EXECUTE FUNCTION "performance_scoring"."refuse_change"();
