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
        && !type.IsDefined(typeof(Orleans.GenerateSerializerAttribute)) && IsOurs(type.Assembly));

    /// <inheritdoc/>
    public bool? IsTypeNameAllowed(string typeName, string assemblyName) =>
        assemblyName.StartsWith(Prefix, StringComparison.Ordinal) || assemblyName.StartsWith("outrider-silo", StringComparison.Ordinal) ? true : null;

    private static bool IsOurs(Assembly assembly) => assembly.GetName().Name?.StartsWith(Prefix, StringComparison.Ordinal) == true;
}
