namespace Outrider.Tests.Cluster.Faults;

/// <summary>A piece of work that a caller was told is done.</summary>
/// <param name="What">query, tenant, key, token or report.</param>
/// <param name="Where">The agent or the tenant.</param>
/// <param name="Id">By which it is found again; each attempt has one of its own.</param>
/// <param name="Began">When the caller first asked.</param>
/// <param name="Took">From then until the answer, with all attempts.</param>
/// <param name="Attempts">1: no retry.</param>
internal sealed record Acknowledgement(string What, string Where, string Id, DateTimeOffset Began, TimeSpan Took, int Attempts);
