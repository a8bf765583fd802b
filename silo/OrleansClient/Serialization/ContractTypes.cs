using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using Orleans.Serialization;

namespace Outrider.Silo.OrleansClient.Serialization;

/// <summary>Which types are ours: records and values of the project's assemblies, which Orleans knows nothing of.</summary>
public sealed class ContractTypes : ITypeNameFilter
{
    private const string Prefix = "Outrider.";

    private static readonly ConcurrentDictionary<Type, bool> s_known = new();

    /// <summary>Whether values of this type cross as JSON.</summary>
    public static bool Has(Type type) => s_known.GetOrAdd(type, static type =>
        !type.IsPrimitive && !typeof(Exception).IsAssignableFrom(type) && !type.IsInterface && !type.IsDefined(typeof(CompilerGeneratedAttribute))
        && !type.IsDefined(typeof(Orleans.GenerateSerializerAttribute)) && type.Assembly.GetName().Name?.StartsWith(Prefix, StringComparison.Ordinal) == true);

    /// <inheritdoc/>
    public bool? IsTypeNameAllowed(string typeName, string assemblyName) =>
        IsOurs(assemblyName) ? true : null;

    /// <summary>Whether an assembly is the project's; the silo's own is named as its program.</summary>
    internal static bool IsOurs(string? assemblyName) => assemblyName is not null
        && (assemblyName.StartsWith(Prefix, StringComparison.Ordinal) || assemblyName.StartsWith("outrider-silo", StringComparison.Ordinal));
}
