CREATE TABLE outrider_file (
  tenant VARCHAR(255) NOT NULL, id VARCHAR(64) NOT NULL, sha256 VARCHAR(64) NOT NULL, kind VARCHAR(16) NOT NULL,
  search VARCHAR(1024) NOT NULL, created BIGINT NOT NULL, body LONGBLOB NOT NULL,
  PRIMARY KEY (tenant, id),
  UNIQUE INDEX outrider_file_by_content (tenant, sha256, kind),
  INDEX outrider_file_by_time (tenant, created DESC, id)
) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
