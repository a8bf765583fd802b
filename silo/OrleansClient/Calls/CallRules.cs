using System.Collections.Concurrent;
using System.Reflection;
using Outrider.Grains.Runtime;
using Outrider.Silo.OrleansClient.Serialization;

namespace Outrider.Silo.OrleansClient.Calls;

/// <summary>What the contract of a method says about its calls.</summary>
/// <param name="Deadline">Its own; null: the host's.</param>
/// <param name="Idempotent">May be repeated when the answer was lost.</param>
internal sealed record CallRules(TimeSpan? Deadline, bool Idempotent)
{
    private static readonly ConcurrentDictionary<MethodInfo, CallRules?> s_known = new();

    /// <summary>The rules of a method; null: it is none of ours.</summary>
    public static CallRules? Of(MethodInfo? method) => method is null ? null : s_known.GetOrAdd(method, Read);

    private static CallRules? Read(MethodInfo method)
    {
        if (!ContractTypes.IsOurs(method.DeclaringType?.Assembly.GetName().Name))
            return null;
        var deadline = method.GetCustomAttribute<CallDeadlineAttribute>();
        return new CallRules(
            deadline is null ? null : TimeSpan.FromSeconds(deadline.Seconds),
            method.IsDefined(typeof(IdempotentAttribute)));
    }
}
