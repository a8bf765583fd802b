namespace Outrider.Bench.Cluster;

public interface IEchoGrain : IEcho, IGrainWithStringKey;
