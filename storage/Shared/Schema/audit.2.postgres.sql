ALTER TABLE outrider_audit ADD COLUMN task TEXT COLLATE "C", ADD COLUMN ip TEXT, ADD COLUMN ms BIGINT;
CREATE INDEX outrider_audit_by_age ON outrider_audit (at);
CREATE INDEX outrider_audit_by_task ON outrider_audit (tenant, task, at) WHERE task IS NOT NULL;
DROP TRIGGER outrider_audit_is_not_changed ON outrider_audit;
CREATE TRIGGER outrider_audit_is_not_changed BEFORE UPDATE OR TRUNCATE ON outrider_audit
  FOR EACH STATEMENT EXECUTE FUNCTION outrider_audit_is_append_only();
CREATE TRIGGER outrider_audit_is_kept BEFORE DELETE ON outrider_audit
  FOR EACH ROW WHEN (OLD.at > (CAST(EXTRACT(EPOCH FROM now()) AS BIGINT) - 364 * 86400 + 62135596800) * 10000000)
  EXECUTE FUNCTION outrider_audit_is_append_only()
