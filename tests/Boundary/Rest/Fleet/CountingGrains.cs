using System.Reflection;
using Outrider.Grains.Runtime;

namespace Outrider.Tests.Boundary.Rest.Fleet;

/// <summary>Passes calls on to grains and counts them by their names, such as <c>IAgent.GetAsync</c>.</summary>
internal sealed class CountingGrains(IGrains grains) : IGrains
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _calls = [];

    public TGrain Get<TGrain>(string key) where TGrain : class, IGrain
    {
        var proxy = DispatchProxy.Create<TGrain, Proxy>();
        var itself = (Proxy)(object)proxy;
        (itself.Target, itself.Count) = (grains.Get<TGrain>(key), Count);
        return proxy;
    }

    /// <summary>What was counted since the last time.</summary>
    public Dictionary<string, int> Take()
    {
        lock (_gate)
        {
            var taken = new Dictionary<string, int>(_calls);
            _calls.Clear();
            return taken;
        }
    }

    private void Count(string name)
    {
        lock (_gate)
            _calls[name] = _calls.GetValueOrDefault(name) + 1;
    }

    // Not sealed: the proxy derives from it.
#pragma warning disable CA1852
    internal class Proxy : DispatchProxy
#pragma warning restore CA1852
    {
        public object Target { get; set; } = null!;

        public Action<string> Count { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            Count($"{targetMethod!.DeclaringType!.Name}.{targetMethod.Name}");
            return targetMethod.Invoke(Target, args);
        }
    }
}
