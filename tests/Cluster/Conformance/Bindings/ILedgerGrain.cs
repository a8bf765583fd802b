using Outrider.Tests.Conformance.Grains;

namespace Outrider.Tests.Cluster.Conformance.Bindings;

public interface ILedgerGrain : ILedger, IGrainWithStringKey;
