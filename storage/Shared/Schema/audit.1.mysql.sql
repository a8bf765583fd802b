CREATE TABLE outrider_audit (
  tenant VARCHAR(255) NOT NULL, at BIGINT NOT NULL, id BIGINT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
  target TEXT NOT NULL, outcome TEXT NOT NULL, detail MEDIUMTEXT,
  PRIMARY KEY (tenant, at)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TRIGGER outrider_audit_is_not_changed BEFORE UPDATE ON outrider_audit FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'The audit store is append only.';
CREATE TRIGGER outrider_audit_is_not_removed BEFORE DELETE ON outrider_audit FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'The audit store is append only.'
