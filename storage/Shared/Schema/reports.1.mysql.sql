CREATE TABLE outrider_report (
  tenant VARCHAR(255) NOT NULL, agent VARCHAR(255) NOT NULL, id VARCHAR(255) NOT NULL, expert VARCHAR(255) NOT NULL, at BIGINT NOT NULL,
  score INT, level VARCHAR(255) NOT NULL, status VARCHAR(255) NOT NULL, summary MEDIUMTEXT NOT NULL,
  report LONGBLOB NOT NULL, bundle LONGBLOB NOT NULL,
  PRIMARY KEY (tenant, agent, id),
  INDEX outrider_report_by_time (tenant, agent, at, id)
) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
