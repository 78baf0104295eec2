CREATE TABLE "myoserve"."vault_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"since" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "vault_keys_id" CHECK ("myoserve"."vault_keys"."id" ~ '^[0-9a-f]{12}$')
);
