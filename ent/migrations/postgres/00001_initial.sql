-- +goose Up
-- create "idempotency_keys" table
CREATE TABLE "idempotency_keys" ("organization_id" character varying NOT NULL, "id" character varying NOT NULL, "request_hash" character varying NOT NULL, "response" character varying NOT NULL, "created_at" bigint NOT NULL, PRIMARY KEY ("organization_id", "id"));
-- create index "idempotencykey_created_at" to table: "idempotency_keys"
CREATE INDEX "idempotencykey_created_at" ON "idempotency_keys" ("created_at");
-- create "api_tokens" table
CREATE TABLE "api_tokens" ("organization_id" character varying NOT NULL, "id" character varying NOT NULL, "name" character varying NOT NULL, "roles" character varying NOT NULL, "created_at" bigint NOT NULL, "revoked_at" bigint NULL, PRIMARY KEY ("organization_id", "id"));
-- create "sessions" table
CREATE TABLE "sessions" ("hash" character varying NOT NULL, "data" bytea NOT NULL, "expires_at" bigint NOT NULL, PRIMARY KEY ("hash"));
-- create index "session_expires_at" to table: "sessions"
CREATE INDEX "session_expires_at" ON "sessions" ("expires_at");
-- create "products" table
CREATE TABLE "products" ("id" character varying NOT NULL, "identity" character varying NOT NULL, "guid" character varying NOT NULL DEFAULT '', "part_number" character varying NOT NULL, "name" character varying NOT NULL, PRIMARY KEY ("id"));
-- create index "product_name" to table: "products"
CREATE INDEX "product_name" ON "products" ("name");
-- create index "product_part_number" to table: "products"
CREATE INDEX "product_part_number" ON "products" ("part_number");
-- create index "products_identity_key" to table: "products"
CREATE UNIQUE INDEX "products_identity_key" ON "products" ("identity");
-- create "credentials" table
CREATE TABLE "credentials" ("hash" character varying NOT NULL, "kind" character varying NOT NULL, "organization" character varying NOT NULL, "subject" character varying NOT NULL, "expires_at" bigint NULL, "used_at" bigint NULL, PRIMARY KEY ("hash"));
-- create "organizations" table
CREATE TABLE "organizations" ("id" character varying NOT NULL, "slug" character varying NOT NULL, "name" character varying NOT NULL, "currency" character varying NOT NULL, "locale" character varying NOT NULL, "country" character varying NOT NULL, "support_region" character varying NOT NULL DEFAULT '', "sandbox" boolean NOT NULL DEFAULT false, "affected_order" character varying NOT NULL DEFAULT 'NEWEST', "clock_at" bigint NULL, "created_at" bigint NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "organization_clock" CHECK ((clock_at IS NOT NULL) = sandbox), CONSTRAINT "organization_locale" CHECK ((locale)::text = ANY ((ARRAY['en'::character varying, 'da'::character varying])::text[])));
-- create index "organizations_slug_key" to table: "organizations"
CREATE UNIQUE INDEX "organizations_slug_key" ON "organizations" ("slug");
-- create "events" table
CREATE TABLE "events" ("organization_id" character varying NOT NULL, "seq" bigint NOT NULL, "at" bigint NOT NULL, "kind" character varying NOT NULL, "actor_id" character varying NOT NULL, "actor" character varying NOT NULL, "conflict_id" character varying NULL, "subjects" character varying NOT NULL, "subject_count" bigint NOT NULL, "facts" character varying NOT NULL, PRIMARY KEY ("organization_id", "seq"));
-- create index "event_organization_id_conflict_id_seq" to table: "events"
CREATE INDEX "event_organization_id_conflict_id_seq" ON "events" ("organization_id", "conflict_id", "seq");
-- create index "event_organization_id_kind_seq" to table: "events"
CREATE INDEX "event_organization_id_kind_seq" ON "events" ("organization_id", "kind", "seq");
-- create "event_counters" table
CREATE TABLE "event_counters" ("organization_id" character varying NOT NULL, "seq" bigint NOT NULL DEFAULT 0, "last_at" bigint NOT NULL, "users" bigint NOT NULL DEFAULT 0, PRIMARY KEY ("organization_id")) WITH (fillfactor = 50);
-- create "members" table
CREATE TABLE "members" ("organization_id" character varying NOT NULL, "id" character varying NOT NULL, "email" character varying NOT NULL, "email_key" character varying NOT NULL, "name" character varying NOT NULL, "roles" character varying NOT NULL, "locale" character varying NOT NULL DEFAULT '', "created_at" bigint NOT NULL, "removed_at" bigint NULL, PRIMARY KEY ("organization_id", "id"));
-- create index "member_email_key" to table: "members"
CREATE INDEX "member_email_key" ON "members" ("email_key");
-- create index "one_member_an_address" to table: "members"
CREATE UNIQUE INDEX "one_member_an_address" ON "members" ("organization_id", "email_key") WHERE (removed_at IS NULL);
-- create "license_pools" table
CREATE TABLE "license_pools" ("organization_id" character varying NOT NULL, "id" character varying NOT NULL, "valid" bigint NOT NULL DEFAULT 0, "expired" bigint NOT NULL DEFAULT 0, "suspended" bigint NOT NULL DEFAULT 0, "assigned" bigint NOT NULL DEFAULT 0, "available" bigint NOT NULL DEFAULT 0, "shortfall" bigint NOT NULL DEFAULT 0, "version" bigint NOT NULL DEFAULT 1, "affected_from_rank" bigint NULL, "alerts_muted" boolean NOT NULL DEFAULT false, "free_threshold" bigint NULL, "alert_at" bigint NULL, "affected_from_at" bigint NULL, "affected_from_id" character varying NULL, "product_id" character varying NOT NULL, PRIMARY KEY ("organization_id", "id"), CONSTRAINT "license_pools_products_product" FOREIGN KEY ("product_id") REFERENCES "products" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "license_pool_affected" CHECK ((shortfall = 0) = (affected_from_id IS NULL)), CONSTRAINT "license_pool_available" CHECK (available =
CASE
    WHEN (valid > assigned) THEN (valid - assigned)
    ELSE (0)::bigint
END), CONSTRAINT "license_pool_counters" CHECK ((valid >= 0) AND (expired >= 0) AND (suspended >= 0) AND (assigned >= 0)), CONSTRAINT "license_pool_shortfall" CHECK (shortfall =
CASE
    WHEN (assigned > valid) THEN (assigned - valid)
    ELSE (0)::bigint
END));
-- create index "licensepool_alert_at" to table: "license_pools"
CREATE INDEX "licensepool_alert_at" ON "license_pools" ("alert_at") WHERE (alert_at IS NOT NULL);
-- create index "licensepool_organization_id_alert_at" to table: "license_pools"
CREATE INDEX "licensepool_organization_id_alert_at" ON "license_pools" ("organization_id", "alert_at") WHERE (alert_at IS NOT NULL);
-- create index "licensepool_organization_id_product_id" to table: "license_pools"
CREATE UNIQUE INDEX "licensepool_organization_id_product_id" ON "license_pools" ("organization_id", "product_id");
-- create "alerts" table
CREATE TABLE "alerts" ("organization_id" character varying NOT NULL, "id" character varying NOT NULL, "kind" character varying NOT NULL, "raised_at" bigint NOT NULL, "due" bigint NULL, "days" bigint NULL, "shortfall" bigint NOT NULL, "free" bigint NOT NULL, "threshold" bigint NULL, "seq" bigint NOT NULL, "product_id" character varying NOT NULL, "pool_id" character varying NOT NULL, PRIMARY KEY ("organization_id", "id"), CONSTRAINT "alerts_license_pools_pool" FOREIGN KEY ("organization_id", "pool_id") REFERENCES "license_pools" ("organization_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "alerts_products_product" FOREIGN KEY ("product_id") REFERENCES "products" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "alert_due" CHECK ((((kind)::text = 'CONFLICT_DUE'::text) = (due IS NOT NULL)) AND ((due IS NULL) = (days IS NULL))), CONSTRAINT "alert_threshold" CHECK (((kind)::text = 'FREE_BELOW_THRESHOLD'::text) = (threshold IS NOT NULL)));
-- create index "alert_organization_id_seq" to table: "alerts"
CREATE UNIQUE INDEX "alert_organization_id_seq" ON "alerts" ("organization_id", "seq");
-- create index "one_alert_a_day" to table: "alerts"
CREATE UNIQUE INDEX "one_alert_a_day" ON "alerts" ("organization_id", "pool_id", "due", "days") WHERE (due IS NOT NULL);
-- create "license_subscriptions" table
CREATE TABLE "license_subscriptions" ("organization_id" character varying NOT NULL, "id" character varying NOT NULL, "total_licenses" bigint NOT NULL, "scheduled_total" bigint NULL, "state" character varying NOT NULL, "term" character varying NOT NULL, "term_start" bigint NOT NULL, "term_end" bigint NOT NULL, "anchor_day" bigint NOT NULL, "term_number" bigint NOT NULL DEFAULT 1, "paid_licenses" bigint NOT NULL, "auto_renew" boolean NOT NULL, "price_minor" bigint NOT NULL, "price_currency" character varying NOT NULL, "due_at" bigint NULL, "external_id" character varying NOT NULL DEFAULT '', "version" bigint NOT NULL DEFAULT 1, "created_at" bigint NOT NULL, "product_id" character varying NOT NULL, PRIMARY KEY ("organization_id", "id"), CONSTRAINT "license_subscriptions_products_product" FOREIGN KEY ("product_id") REFERENCES "products" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "license_subscription_due" CHECK ((due_at IS NULL) = ((state)::text = 'DELETED'::text)), CONSTRAINT "license_subscription_price" CHECK (price_minor >= 0), CONSTRAINT "license_subscription_scheduled" CHECK ((scheduled_total IS NULL) OR (((scheduled_total >= 0) AND (scheduled_total <= 1000000)) AND ((state)::text <> 'DELETED'::text))), CONSTRAINT "license_subscription_state" CHECK ((state)::text = ANY ((ARRAY['ACTIVE'::character varying, 'EXPIRED'::character varying, 'DISABLED'::character varying, 'DELETED'::character varying])::text[])), CONSTRAINT "license_subscription_term" CHECK (term_end > term_start), CONSTRAINT "license_subscription_total" CHECK ((total_licenses >= 0) AND (total_licenses <= 1000000)));
-- create index "licensesubscription_due_at" to table: "license_subscriptions"
CREATE INDEX "licensesubscription_due_at" ON "license_subscriptions" ("due_at") WHERE (due_at IS NOT NULL);
-- create index "licensesubscription_organization_id_due_at" to table: "license_subscriptions"
CREATE INDEX "licensesubscription_organization_id_due_at" ON "license_subscriptions" ("organization_id", "due_at") WHERE (due_at IS NOT NULL);
-- create index "licensesubscription_organization_id_product_id_state" to table: "license_subscriptions"
CREATE INDEX "licensesubscription_organization_id_product_id_state" ON "license_subscriptions" ("organization_id", "product_id", "state");
-- create "charges" table
CREATE TABLE "charges" ("organization_id" character varying NOT NULL, "id" character varying NOT NULL, "kind" character varying NOT NULL, "amount_minor" bigint NOT NULL, "currency" character varying NOT NULL, "period_start" bigint NOT NULL, "period_end" bigint NOT NULL, "at" bigint NOT NULL, "licenses" bigint NOT NULL, "price_minor" bigint NOT NULL, "term_number" bigint NOT NULL, "event_seq" bigint NOT NULL, "credits_id" character varying NULL, "subscription_id" character varying NOT NULL, PRIMARY KEY ("organization_id", "id"), CONSTRAINT "charges_license_subscriptions_license_subscription" FOREIGN KEY ("organization_id", "subscription_id") REFERENCES "license_subscriptions" ("organization_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "charge_kind" CHECK ((kind)::text = ANY ((ARRAY['PURCHASE'::character varying, 'INCREASE'::character varying, 'RENEWAL'::character varying, 'CREDIT'::character varying])::text[])), CONSTRAINT "charge_sign" CHECK (((kind)::text = 'CREDIT'::text) = (licenses < 0)));
-- create index "charge_organization_id_subscription_id_at" to table: "charges"
CREATE INDEX "charge_organization_id_subscription_id_at" ON "charges" ("organization_id", "subscription_id", "at");
-- create index "one_charge_a_term" to table: "charges"
CREATE UNIQUE INDEX "one_charge_a_term" ON "charges" ("organization_id", "subscription_id", "term_number") WHERE (((kind)::text = 'PURCHASE'::text) OR ((kind)::text = 'RENEWAL'::text));
-- create "conflicts" table
CREATE TABLE "conflicts" ("organization_id" character varying NOT NULL, "id" character varying NOT NULL, "reason" character varying NOT NULL, "shortfall" bigint NOT NULL, "opened_at" bigint NOT NULL, "resolved_at" bigint NULL, "resolution" character varying NULL, "eased_by" character varying NOT NULL DEFAULT '', "opened_seq" bigint NOT NULL, "resolved_seq" bigint NULL, "product_id" character varying NOT NULL, "pool_id" character varying NOT NULL, PRIMARY KEY ("organization_id", "id"), CONSTRAINT "conflicts_license_pools_pool" FOREIGN KEY ("organization_id", "pool_id") REFERENCES "license_pools" ("organization_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "conflicts_products_product" FOREIGN KEY ("product_id") REFERENCES "products" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "conflict_open" CHECK ((resolved_at IS NULL) = (shortfall > 0)), CONSTRAINT "conflict_resolved" CHECK ((resolved_at IS NULL) = (resolution IS NULL)));
-- create index "conflict_organization_id_opened_at" to table: "conflicts"
CREATE INDEX "conflict_organization_id_opened_at" ON "conflicts" ("organization_id", "opened_at");
-- create index "one_open_conflict" to table: "conflicts"
CREATE UNIQUE INDEX "one_open_conflict" ON "conflicts" ("organization_id", "pool_id") WHERE (resolved_at IS NULL);
-- create "removals" table
CREATE TABLE "removals" ("organization_id" character varying NOT NULL, "id" character varying NOT NULL, "cause" character varying NOT NULL, "removed_at" bigint NOT NULL, "removed_count" bigint NOT NULL, "undoable_until" bigint NULL, "undone_at" bigint NULL, "event_seq" bigint NOT NULL DEFAULT 0, PRIMARY KEY ("organization_id", "id"));
-- create "service_plans" table
CREATE TABLE "service_plans" ("id" character varying NOT NULL, "identity" character varying NOT NULL, "guid" character varying NOT NULL DEFAULT '', "code" character varying NOT NULL, "name" character varying NOT NULL, "retention_days" bigint NOT NULL DEFAULT 30, PRIMARY KEY ("id"), CONSTRAINT "service_plan_retention" CHECK ((retention_days >= 0) AND (retention_days <= 3650)));
-- create index "service_plans_identity_key" to table: "service_plans"
CREATE UNIQUE INDEX "service_plans_identity_key" ON "service_plans" ("identity");
-- create "users" table
CREATE TABLE "users" ("organization_id" character varying NOT NULL, "id" character varying NOT NULL, "user_principal_name" character varying NOT NULL, "user_principal_key" character varying NOT NULL, "display_name" character varying NOT NULL, "search_name" character varying NOT NULL, "usage_location" character varying NOT NULL DEFAULT '', "department" character varying NOT NULL DEFAULT '', "sign_in_blocked" boolean NOT NULL DEFAULT false, "last_active_on" bigint NULL, "deleted_at" bigint NULL, "purge_at" bigint NULL, "created_at" bigint NOT NULL, PRIMARY KEY ("organization_id", "id"), CONSTRAINT "user_purge" CHECK ((deleted_at IS NULL) = (purge_at IS NULL)));
-- create index "one_living_principal" to table: "users"
CREATE UNIQUE INDEX "one_living_principal" ON "users" ("organization_id", "user_principal_key") WHERE (deleted_at IS NULL);
-- create index "user_organization_id_display_name_id" to table: "users"
CREATE INDEX "user_organization_id_display_name_id" ON "users" ("organization_id", "display_name", "id");
-- create index "user_organization_id_purge_at" to table: "users"
CREATE INDEX "user_organization_id_purge_at" ON "users" ("organization_id", "purge_at") WHERE (purge_at IS NOT NULL);
-- create index "user_purge_at" to table: "users"
CREATE INDEX "user_purge_at" ON "users" ("purge_at") WHERE (purge_at IS NOT NULL);
-- create "data_deletions" table
CREATE TABLE "data_deletions" ("organization_id" character varying NOT NULL, "id" character varying NOT NULL, "scheduled_at" bigint NOT NULL, "due" bigint NOT NULL, "cancelled_at" bigint NULL, "done_at" bigint NULL, "user_id" character varying NOT NULL, "plan_id" character varying NOT NULL, "removal_id" character varying NOT NULL, PRIMARY KEY ("organization_id", "id"), CONSTRAINT "data_deletions_removals_removal" FOREIGN KEY ("organization_id", "removal_id") REFERENCES "removals" ("organization_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "data_deletions_service_plans_plan" FOREIGN KEY ("plan_id") REFERENCES "service_plans" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "data_deletions_users_user" FOREIGN KEY ("organization_id", "user_id") REFERENCES "users" ("organization_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "data_deletion_end" CHECK ((cancelled_at IS NULL) OR (done_at IS NULL)));
-- create index "datadeletion_due" to table: "data_deletions"
CREATE INDEX "datadeletion_due" ON "data_deletions" ("due") WHERE ((cancelled_at IS NULL) AND (done_at IS NULL));
-- create index "datadeletion_organization_id_due" to table: "data_deletions"
CREATE INDEX "datadeletion_organization_id_due" ON "data_deletions" ("organization_id", "due") WHERE ((cancelled_at IS NULL) AND (done_at IS NULL));
-- create index "datadeletion_organization_id_removal_id" to table: "data_deletions"
CREATE INDEX "datadeletion_organization_id_removal_id" ON "data_deletions" ("organization_id", "removal_id");
-- create index "datadeletion_organization_id_user_id" to table: "data_deletions"
CREATE INDEX "datadeletion_organization_id_user_id" ON "data_deletions" ("organization_id", "user_id");
-- create index "one_pending_deletion" to table: "data_deletions"
CREATE UNIQUE INDEX "one_pending_deletion" ON "data_deletions" ("organization_id", "user_id", "plan_id") WHERE ((cancelled_at IS NULL) AND (done_at IS NULL));
-- create "groups" table
CREATE TABLE "groups" ("organization_id" character varying NOT NULL, "id" character varying NOT NULL, "name" character varying NOT NULL, "name_key" character varying NOT NULL, "member_count" bigint NOT NULL DEFAULT 0, "created_at" bigint NOT NULL, PRIMARY KEY ("organization_id", "id"), CONSTRAINT "group_members" CHECK (member_count >= 0));
-- create index "group_organization_id_name_key" to table: "groups"
CREATE UNIQUE INDEX "group_organization_id_name_key" ON "groups" ("organization_id", "name_key");
-- create "group_members" table
CREATE TABLE "group_members" ("organization_id" character varying NOT NULL, "id" character varying NOT NULL, "added_at" bigint NOT NULL, "group_id" character varying NOT NULL, "user_id" character varying NOT NULL, PRIMARY KEY ("organization_id", "id"), CONSTRAINT "group_members_groups_group" FOREIGN KEY ("organization_id", "group_id") REFERENCES "groups" ("organization_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "group_members_users_user" FOREIGN KEY ("organization_id", "user_id") REFERENCES "users" ("organization_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "groupmember_organization_id_group_id_user_id" to table: "group_members"
CREATE UNIQUE INDEX "groupmember_organization_id_group_id_user_id" ON "group_members" ("organization_id", "group_id", "user_id");
-- create index "groupmember_organization_id_user_id_group_id" to table: "group_members"
CREATE INDEX "groupmember_organization_id_user_id_group_id" ON "group_members" ("organization_id", "user_id", "group_id");
-- create "group_products" table
CREATE TABLE "group_products" ("organization_id" character varying NOT NULL, "id" character varying NOT NULL, "added_at" bigint NOT NULL, "group_id" character varying NOT NULL, "product_id" character varying NOT NULL, PRIMARY KEY ("organization_id", "id"), CONSTRAINT "group_products_groups_group" FOREIGN KEY ("organization_id", "group_id") REFERENCES "groups" ("organization_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "group_products_products_product" FOREIGN KEY ("product_id") REFERENCES "products" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "groupproduct_organization_id_group_id_product_id" to table: "group_products"
CREATE UNIQUE INDEX "groupproduct_organization_id_group_id_product_id" ON "group_products" ("organization_id", "group_id", "product_id");
-- create index "groupproduct_organization_id_product_id_group_id" to table: "group_products"
CREATE INDEX "groupproduct_organization_id_product_id_group_id" ON "group_products" ("organization_id", "product_id", "group_id");
-- create "license_assignments" table
CREATE TABLE "license_assignments" ("organization_id" character varying NOT NULL, "id" character varying NOT NULL, "assigned_at" bigint NOT NULL, "assigned_seq" bigint NOT NULL DEFAULT 1, "rank" bigint NOT NULL DEFAULT 0, "direct" boolean NOT NULL DEFAULT true, "product_id" character varying NOT NULL, "user_id" character varying NOT NULL, PRIMARY KEY ("organization_id", "id"), CONSTRAINT "license_assignments_products_product" FOREIGN KEY ("product_id") REFERENCES "products" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "license_assignments_users_user" FOREIGN KEY ("organization_id", "user_id") REFERENCES "users" ("organization_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "license_assignment_age" to table: "license_assignments"
CREATE INDEX "license_assignment_age" ON "license_assignments" ("organization_id", "product_id", "assigned_at" DESC, "id" DESC, "user_id");
-- create index "license_assignment_rank" to table: "license_assignments"
CREATE INDEX "license_assignment_rank" ON "license_assignments" ("organization_id", "product_id", "rank", "assigned_at", "id", "user_id") WHERE (rank <> 0);
-- create index "licenseassignment_organization_id_user_id_product_id" to table: "license_assignments"
CREATE UNIQUE INDEX "licenseassignment_organization_id_user_id_product_id" ON "license_assignments" ("organization_id", "user_id", "product_id");
-- create "plan_rules" table
CREATE TABLE "plan_rules" ("id" character varying NOT NULL, "kind" character varying NOT NULL, "plan_id" character varying NOT NULL, "other_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "plan_rules_service_plans_other" FOREIGN KEY ("other_id") REFERENCES "service_plans" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "plan_rules_service_plans_plan" FOREIGN KEY ("plan_id") REFERENCES "service_plans" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "planrule_other_id" to table: "plan_rules"
CREATE INDEX "planrule_other_id" ON "plan_rules" ("other_id");
-- create index "planrule_plan_id_kind_other_id" to table: "plan_rules"
CREATE UNIQUE INDEX "planrule_plan_id_kind_other_id" ON "plan_rules" ("plan_id", "kind", "other_id");
-- create "priority_users" table
CREATE TABLE "priority_users" ("organization_id" character varying NOT NULL, "id" character varying NOT NULL, "place" bigint NOT NULL, "user_id" character varying NOT NULL, PRIMARY KEY ("organization_id", "id"), CONSTRAINT "priority_users_users_user" FOREIGN KEY ("organization_id", "user_id") REFERENCES "users" ("organization_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "priorityuser_organization_id_user_id" to table: "priority_users"
CREATE UNIQUE INDEX "priorityuser_organization_id_user_id" ON "priority_users" ("organization_id", "user_id");
-- create "product_plans" table
CREATE TABLE "product_plans" ("id" character varying NOT NULL, "product_id" character varying NOT NULL, "plan_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "product_plans_products_product" FOREIGN KEY ("product_id") REFERENCES "products" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "product_plans_service_plans_plan" FOREIGN KEY ("plan_id") REFERENCES "service_plans" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "productplan_plan_id_product_id" to table: "product_plans"
CREATE INDEX "productplan_plan_id_product_id" ON "product_plans" ("plan_id", "product_id");
-- create index "productplan_product_id_plan_id" to table: "product_plans"
CREATE UNIQUE INDEX "productplan_product_id_plan_id" ON "product_plans" ("product_id", "plan_id");
-- create "product_prices" table
CREATE TABLE "product_prices" ("id" character varying NOT NULL, "currency" character varying NOT NULL, "price_minor" bigint NOT NULL, "product_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "product_prices_products_product" FOREIGN KEY ("product_id") REFERENCES "products" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "product_price" CHECK (price_minor >= 0));
-- create index "productprice_product_id_currency" to table: "product_prices"
CREATE UNIQUE INDEX "productprice_product_id_currency" ON "product_prices" ("product_id", "currency");
-- create "removed_assignments" table
CREATE TABLE "removed_assignments" ("organization_id" character varying NOT NULL, "id" character varying NOT NULL, "assignment_id" character varying NOT NULL, "assigned_at" bigint NOT NULL, "assigned_seq" bigint NOT NULL DEFAULT 1, "restored_seq" bigint NULL, "direct" boolean NOT NULL DEFAULT true, "removal_id" character varying NOT NULL, "user_id" character varying NOT NULL, "product_id" character varying NOT NULL, PRIMARY KEY ("organization_id", "id"), CONSTRAINT "removed_assignments_products_product" FOREIGN KEY ("product_id") REFERENCES "products" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "removed_assignments_removals_removal" FOREIGN KEY ("organization_id", "removal_id") REFERENCES "removals" ("organization_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "removed_assignments_users_user" FOREIGN KEY ("organization_id", "user_id") REFERENCES "users" ("organization_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "removedassignment_organization_id_removal_id_user_id_product_id" to table: "removed_assignments"
CREATE UNIQUE INDEX "removedassignment_organization_id_removal_id_user_id_product_id" ON "removed_assignments" ("organization_id", "removal_id", "user_id", "product_id");
-- create index "removedassignment_organization_id_user_id" to table: "removed_assignments"
CREATE INDEX "removedassignment_organization_id_user_id" ON "removed_assignments" ("organization_id", "user_id");
-- create "uploads" table
CREATE TABLE "uploads" ("organization_id" character varying NOT NULL, "id" character varying NOT NULL, "media_type" character varying NOT NULL, "size" bigint NULL, "created_at" bigint NOT NULL, PRIMARY KEY ("organization_id", "id"));
-- create index "upload_created_at" to table: "uploads"
CREATE INDEX "upload_created_at" ON "uploads" ("created_at");
-- create "upload_parts" table
CREATE TABLE "upload_parts" ("organization_id" character varying NOT NULL, "id" character varying NOT NULL, "number" bigint NOT NULL, "data" bytea NOT NULL, "upload_id" character varying NOT NULL, PRIMARY KEY ("organization_id", "id"), CONSTRAINT "upload_parts_uploads_upload" FOREIGN KEY ("organization_id", "upload_id") REFERENCES "uploads" ("organization_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "uploadpart_organization_id_upload_id_number" to table: "upload_parts"
CREATE UNIQUE INDEX "uploadpart_organization_id_upload_id_number" ON "upload_parts" ("organization_id", "upload_id", "number");
-- create "waiting_users" table
CREATE TABLE "waiting_users" ("organization_id" character varying NOT NULL, "id" character varying NOT NULL, "asked_at" bigint NOT NULL, "direct" boolean NOT NULL DEFAULT true, "product_id" character varying NOT NULL, "user_id" character varying NOT NULL, PRIMARY KEY ("organization_id", "id"), CONSTRAINT "waiting_users_products_product" FOREIGN KEY ("product_id") REFERENCES "products" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "waiting_users_users_user" FOREIGN KEY ("organization_id", "user_id") REFERENCES "users" ("organization_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "waitinguser_organization_id_product_id_asked_at_id" to table: "waiting_users"
CREATE INDEX "waitinguser_organization_id_product_id_asked_at_id" ON "waiting_users" ("organization_id", "product_id", "asked_at", "id");
-- create index "waitinguser_organization_id_user_id_product_id" to table: "waiting_users"
CREATE UNIQUE INDEX "waitinguser_organization_id_user_id_product_id" ON "waiting_users" ("organization_id", "user_id", "product_id");
