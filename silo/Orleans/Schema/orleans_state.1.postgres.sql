-- Grain state for Orleans 10.4 (Microsoft.Orleans.Persistence.AdoNet). The row's key is the grain itself, not a hash of it, so no two rows
-- of one grain can come to be. GrainTypeString is the grain's type and the state's name, GrainIdExtensionString the grain's key.
-- A write answers with the version it leaves, or with the one its writer has read: nothing was written then, because somebody else was
-- quicker.
CREATE TABLE OrleansStorage (
  ServiceId VARCHAR(150) COLLATE "C" NOT NULL, GrainTypeString VARCHAR(250) COLLATE "C" NOT NULL,
  GrainIdExtensionString VARCHAR(600) COLLATE "C" NOT NULL, GrainIdN0 BIGINT NOT NULL, GrainIdN1 BIGINT NOT NULL,
  Version INT NOT NULL, ModifiedOn TIMESTAMPTZ(3) NOT NULL, PayloadBinary BYTEA NULL,
  PRIMARY KEY (ServiceId, GrainTypeString, GrainIdExtensionString, GrainIdN0, GrainIdN1)
);

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
('ReadFromStorageKey', '
  SELECT PayloadBinary, Version FROM OrleansStorage
  WHERE ServiceId = @ServiceId AND GrainTypeString = @GrainTypeString AND GrainIdExtensionString = COALESCE(@GrainIdExtensionString, '''')
    AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1;'),
('WriteToStorageKey', '
  WITH changed AS (
    UPDATE OrleansStorage SET Version = Version + 1, ModifiedOn = NOW(), PayloadBinary = @PayloadBinary
    WHERE ServiceId = @ServiceId AND GrainTypeString = @GrainTypeString AND GrainIdExtensionString = COALESCE(@GrainIdExtensionString, '''')
      AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1 AND Version = @GrainStateVersion
    RETURNING Version),
  made AS (
    INSERT INTO OrleansStorage
      (ServiceId, GrainTypeString, GrainIdExtensionString, GrainIdN0, GrainIdN1, Version, ModifiedOn, PayloadBinary)
    SELECT @ServiceId, @GrainTypeString, COALESCE(@GrainIdExtensionString, ''''), @GrainIdN0, @GrainIdN1, 1, NOW(), @PayloadBinary
    WHERE @GrainStateVersion IS NULL
    ON CONFLICT DO NOTHING RETURNING Version)
  SELECT COALESCE((SELECT Version FROM changed), (SELECT Version FROM made), @GrainStateVersion) AS NewGrainStateVersion;'),
('ClearStorageKey', '
  WITH changed AS (
    UPDATE OrleansStorage SET Version = Version + 1, ModifiedOn = NOW(), PayloadBinary = NULL
    WHERE ServiceId = @ServiceId AND GrainTypeString = @GrainTypeString AND GrainIdExtensionString = COALESCE(@GrainIdExtensionString, '''')
      AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1 AND Version = @GrainStateVersion
    RETURNING Version)
  SELECT COALESCE((SELECT Version FROM changed), @GrainStateVersion) AS NewGrainStateVersion;'),
('DeleteStorageKey', '
  WITH gone AS (
    DELETE FROM OrleansStorage
    WHERE ServiceId = @ServiceId AND GrainTypeString = @GrainTypeString AND GrainIdExtensionString = COALESCE(@GrainIdExtensionString, '''')
      AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1 AND Version = @GrainStateVersion
    RETURNING Version + 1 AS Version)
  SELECT COALESCE((SELECT Version FROM gone), @GrainStateVersion) AS NewGrainStateVersion;');
