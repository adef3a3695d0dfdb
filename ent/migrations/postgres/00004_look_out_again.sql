-- +goose Up
-- when a pool may next have to warn of a conflict was decided too narrowly: the next sweep decides it anew
UPDATE "license_pools" SET "alert_at" = coalesce((SELECT "clock_at" FROM "organizations" WHERE "id" = "license_pools"."organization_id"), floor(extract(epoch FROM now()))::bigint * 1000) WHERE NOT "alerts_muted" AND ("alert_at" IS NULL OR "alert_at" > coalesce((SELECT "clock_at" FROM "organizations" WHERE "id" = "license_pools"."organization_id"), floor(extract(epoch FROM now()))::bigint * 1000));
