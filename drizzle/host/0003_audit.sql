CREATE TABLE "myoserve"."audit_log" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp(3) with time zone NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"route" text NOT NULL,
	"records" jsonb NOT NULL,
	"count" integer,
	"outcome" text NOT NULL,
	"code" text,
	"address" text,
	"request_id" text,
	"node" text NOT NULL,
	"seq" bigint,
	"previous" text,
	"hash" text,
	CONSTRAINT "audit_log_outcome" CHECK ("myoserve"."audit_log"."outcome" in ('done', 'refused', 'failed')),
	CONSTRAINT "audit_log_sealed" CHECK (num_nulls("myoserve"."audit_log"."seq", "myoserve"."audit_log"."previous", "myoserve"."audit_log"."hash") in (0, 3))
);
--> statement-breakpoint
CREATE UNIQUE INDEX "audit_log_by_seq" ON "myoserve"."audit_log" USING btree ("seq");--> statement-breakpoint
CREATE INDEX "audit_log_unsealed" ON "myoserve"."audit_log" USING btree ("id") WHERE "myoserve"."audit_log"."seq" is null;--> statement-breakpoint
CREATE INDEX "audit_log_by_actor" ON "myoserve"."audit_log" USING btree ("actor","id");--> statement-breakpoint
CREATE INDEX "audit_log_by_record" ON "myoserve"."audit_log" USING gin ("records" jsonb_path_ops);--> statement-breakpoint
CREATE FUNCTION "myoserve"."audit_guard"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'INSERT' THEN
		IF new.seq IS NULL THEN RETURN new; END IF;
	ELSIF TG_OP = 'UPDATE' THEN
		IF old.seq IS NULL AND new.seq IS NOT NULL
			AND (new.id, new.at, new.actor, new.action, new.route, new.records, new.count, new.outcome, new.code, new.address, new.request_id, new.node)
			IS NOT DISTINCT FROM (old.id, old.at, old.actor, old.action, old.route, old.records, old.count, old.outcome, old.code, old.address, old.request_id, old.node)
		THEN RETURN new; END IF;
	ELSIF TG_OP = 'DELETE' THEN
		IF old.seq IS NOT NULL AND old.at < nullif(current_setting('myoserve.audit_prune_before', true), '')::timestamptz
		THEN RETURN old; END IF;
	END IF;
	RAISE EXCEPTION 'the audit log is append-only: % is refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER "audit_guard" BEFORE INSERT OR UPDATE OR DELETE ON "myoserve"."audit_log" FOR EACH ROW EXECUTE FUNCTION "myoserve"."audit_guard"();
--> statement-breakpoint
CREATE TRIGGER "audit_guard_truncate" BEFORE TRUNCATE ON "myoserve"."audit_log" FOR EACH STATEMENT EXECUTE FUNCTION "myoserve"."audit_guard"();
