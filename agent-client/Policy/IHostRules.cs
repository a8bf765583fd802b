using System.Net;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Policy;

/// <summary>Whether executors may connect to a host, as the policy says of it and of every address it has.</summary>
public interface IHostRules
{
    /// <summary>
    /// The addresses that may be connected to, and no others: who asked connects to one of them and doesn't resolve the name again.
    /// <c>policy_refused</c> with the rule in its details; <c>invalid_argument</c>: no host.
    /// </summary>
    ValueTask<Outcome<IReadOnlyList<IPAddress>>> ResolveAsync(string host, int port, CancellationToken cancellation);
}
