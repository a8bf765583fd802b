CREATE TABLE outrider_audit (
  tenant TEXT COLLATE "C" NOT NULL, at BIGINT NOT NULL, id BIGINT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
  target TEXT NOT NULL, outcome TEXT NOT NULL, detail TEXT,
  PRIMARY KEY (tenant, at)
);
CREATE FUNCTION outrider_audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The audit store is append only.';
END
$$;
CREATE TRIGGER outrider_audit_is_not_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON outrider_audit
  FOR EACH STATEMENT EXECUTE FUNCTION outrider_audit_is_append_only()
