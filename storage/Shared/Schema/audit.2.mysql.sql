ALTER TABLE outrider_audit
  ADD COLUMN task VARCHAR(64), ADD COLUMN ip VARCHAR(64), ADD COLUMN ms BIGINT,
  ADD INDEX outrider_audit_by_age (at), ADD INDEX outrider_audit_by_task (tenant, task, at);
DROP TRIGGER IF EXISTS outrider_audit_is_not_removed;
DELIMITER $$
CREATE TRIGGER outrider_audit_is_kept BEFORE DELETE ON outrider_audit FOR EACH ROW
BEGIN
  IF OLD.at > (UNIX_TIMESTAMP() - 364 * 86400 + 62135596800) * 10000000 THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'The audit store is append only.';
  END IF;
END
$$
