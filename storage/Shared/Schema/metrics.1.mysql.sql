CREATE TABLE outrider_metric_change (id INT PRIMARY KEY, no BIGINT NOT NULL) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
INSERT INTO outrider_metric_change (id, no) VALUES (1, 0);
CREATE TABLE outrider_metric_lease (id INT PRIMARY KEY, number BIGINT NOT NULL, holder VARCHAR(255) NOT NULL, expires BIGINT NOT NULL) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
INSERT INTO outrider_metric_lease (id, number, holder, expires) VALUES (1, 0, '', 0);
CREATE TABLE outrider_metric_tenant (
  no INT NOT NULL AUTO_INCREMENT PRIMARY KEY, name VARCHAR(255) UNIQUE, policy TEXT,
  raw_from INT NOT NULL, minute_from INT NOT NULL, changed BIGINT NOT NULL
) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE INDEX outrider_metric_tenant_by_change ON outrider_metric_tenant (changed);
CREATE TABLE outrider_metric_agent (
  no INT NOT NULL AUTO_INCREMENT PRIMARY KEY, tenant INT NOT NULL, name VARCHAR(255), version BIGINT NOT NULL, seen LONGBLOB NOT NULL,
  folded BIGINT NOT NULL, waiting INT NOT NULL, waiting_bytes BIGINT NOT NULL, waiting_since BIGINT NOT NULL, waiting_from BIGINT NOT NULL,
  changed BIGINT NOT NULL,
  UNIQUE (tenant, name)
) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE INDEX outrider_metric_agent_by_change ON outrider_metric_agent (changed);
CREATE TABLE outrider_metric_series (
  agent INT NOT NULL, first INT NOT NULL, series LONGBLOB NOT NULL, changed BIGINT NOT NULL, PRIMARY KEY (agent, first)
) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE INDEX outrider_metric_series_by_change ON outrider_metric_series (changed);
CREATE TABLE outrider_metric_journal (
  agent INT NOT NULL, no BIGINT NOT NULL, earliest BIGINT NOT NULL, bytes LONGBLOB NOT NULL, PRIMARY KEY (agent, no)
) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE outrider_metric_chunk (id BIGINT PRIMARY KEY, bytes LONGBLOB NOT NULL) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE outrider_metric_day (agent INT NOT NULL, day INT NOT NULL, PRIMARY KEY (agent, day)) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE outrider_metric_processes (id BIGINT PRIMARY KEY, bytes LONGBLOB NOT NULL) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
