using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Metrics.Queries;

/// <summary>Says what is wrong with a question: <see cref="ProblemCodes.InvalidArgument"/>.</summary>
public static class QueryProblem
{
    public static Problem Of(string message) => new(ProblemCodes.InvalidArgument, message);

    /// <summary>An argument that is none of what it may be.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="text">What the caller wrote.</param>
    /// <param name="rule">What it may be.</param>
    public static Problem Of(string name, string text, string rule) => Of($"{name} can't be '{TenantRules.Short(text)}'; it is {rule}.");
}
