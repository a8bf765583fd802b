using Outrider.Tests.Conformance.Storage;

namespace Outrider.Tests.Boundary.Storage;

[Collection(PostgresGroup.Name)]
public sealed class PostgresTaskStoreTests(PostgresFixture server) : SharedTaskStoreConformance(server);
