CREATE TABLE "myoserve"."api_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"secret_hash" "bytea" NOT NULL,
	"permissions" text[] NOT NULL,
	"patients" text[],
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"expires_at" timestamp with time zone,
	"last_used_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "api_keys_secret_hash_unique" UNIQUE("secret_hash"),
	CONSTRAINT "api_keys_name" CHECK (char_length("myoserve"."api_keys"."name") between 1 and 64),
	CONSTRAINT "api_keys_secret_hash" CHECK (octet_length("myoserve"."api_keys"."secret_hash") = 32),
	CONSTRAINT "api_keys_permissions" CHECK (cardinality("myoserve"."api_keys"."permissions") between 1 and 200),
	CONSTRAINT "api_keys_patients" CHECK (cardinality("myoserve"."api_keys"."patients") between 1 and 1000),
	CONSTRAINT "api_keys_expires" CHECK ("myoserve"."api_keys"."expires_at" > "myoserve"."api_keys"."created_at")
);
--> statement-breakpoint
CREATE TABLE "myoserve"."login_sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"secret_hash" "bytea" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"address" text NOT NULL,
	"agent" text NOT NULL,
	CONSTRAINT "login_sessions_secret_hash_unique" UNIQUE("secret_hash"),
	CONSTRAINT "login_sessions_secret_hash" CHECK (octet_length("myoserve"."login_sessions"."secret_hash") = 32),
	CONSTRAINT "login_sessions_expires" CHECK ("myoserve"."login_sessions"."expires_at" > "myoserve"."login_sessions"."created_at"),
	CONSTRAINT "login_sessions_address" CHECK (char_length("myoserve"."login_sessions"."address") <= 64),
	CONSTRAINT "login_sessions_agent" CHECK (char_length("myoserve"."login_sessions"."agent") <= 80)
);
--> statement-breakpoint
CREATE TABLE "myoserve"."login_throttle" (
	"subject" text PRIMARY KEY NOT NULL,
	"failures" integer NOT NULL,
	"failed_at" timestamp with time zone NOT NULL,
	"locked_until" timestamp with time zone NOT NULL,
	CONSTRAINT "login_throttle_subject" CHECK ("myoserve"."login_throttle"."subject" ~ '^(name|address):[A-Za-z0-9_-]{22}$'),
	CONSTRAINT "login_throttle_failures" CHECK ("myoserve"."login_throttle"."failures" >= 0)
);
--> statement-breakpoint
CREATE TABLE "myoserve"."setup_tokens" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid,
	"secret_hash" "bytea" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "setup_tokens_secret_hash_unique" UNIQUE("secret_hash"),
	CONSTRAINT "setup_tokens_secret_hash" CHECK (octet_length("myoserve"."setup_tokens"."secret_hash") = 32),
	CONSTRAINT "setup_tokens_expires" CHECK ("myoserve"."setup_tokens"."expires_at" > "myoserve"."setup_tokens"."created_at")
);
--> statement-breakpoint
CREATE TABLE "myoserve"."users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"display_name" text NOT NULL,
	"password_hash" text,
	"roles" text[] NOT NULL,
	"disabled" boolean DEFAULT false NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"revision" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"password_changed_at" timestamp with time zone,
	CONSTRAINT "users_name_taken" UNIQUE("name"),
	CONSTRAINT "users_name" CHECK ("myoserve"."users"."name" ~ '^[a-z0-9][a-z0-9._@-]{0,63}$'),
	CONSTRAINT "users_display_name" CHECK (char_length("myoserve"."users"."display_name") between 1 and 100),
	CONSTRAINT "users_password_hash" CHECK ("myoserve"."users"."password_hash" like '$argon2id$%'),
	CONSTRAINT "users_password_changed" CHECK (("myoserve"."users"."password_hash" is null) = ("myoserve"."users"."password_changed_at" is null)),
	CONSTRAINT "users_roles" CHECK (cardinality("myoserve"."users"."roles") <= 16)
);
--> statement-breakpoint
ALTER TABLE "myoserve"."api_keys" ADD CONSTRAINT "api_keys_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "myoserve"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "myoserve"."login_sessions" ADD CONSTRAINT "login_sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "myoserve"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "myoserve"."setup_tokens" ADD CONSTRAINT "setup_tokens_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "myoserve"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "api_keys_name_taken" ON "myoserve"."api_keys" USING btree ("name") WHERE "myoserve"."api_keys"."revoked_at" is null;--> statement-breakpoint
CREATE INDEX "login_sessions_of_user" ON "myoserve"."login_sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "login_sessions_expires_at" ON "myoserve"."login_sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "login_throttle_failed_at" ON "myoserve"."login_throttle" USING btree ("failed_at");--> statement-breakpoint
CREATE UNIQUE INDEX "setup_tokens_of_user" ON "myoserve"."setup_tokens" USING btree (coalesce("user_id", '00000000-0000-0000-0000-000000000000'));--> statement-breakpoint
CREATE FUNCTION "myoserve"."count_user_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	NEW.revision := OLD.revision + 1;
	RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION "myoserve"."count_login_session_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	UPDATE "myoserve"."users" SET revision = revision
		WHERE id = CASE TG_OP WHEN 'DELETE' THEN OLD.user_id ELSE NEW.user_id END;
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER "users_revision" BEFORE UPDATE ON "myoserve"."users"
	FOR EACH ROW EXECUTE FUNCTION "myoserve"."count_user_change"();
--> statement-breakpoint
CREATE TRIGGER "login_sessions_revision" AFTER INSERT OR UPDATE OR DELETE ON "myoserve"."login_sessions"
	FOR EACH ROW EXECUTE FUNCTION "myoserve"."count_login_session_change"();
