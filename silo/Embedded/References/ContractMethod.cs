using System.Reflection;
using Outrider.Grains.Runtime;

namespace Outrider.Silo.Embedded.References;

/// <summary>One method of a contract, taken apart for <see cref="ReferenceCompiler"/>.</summary>
internal sealed class ContractMethod
{
    /// <summary>More are packed into a record: a value tuple holds seven.</summary>
    private const int MaxArguments = 7;

    private static readonly Type[] s_tuples =
    [
        typeof(ValueTuple), typeof(ValueTuple<>), typeof(ValueTuple<,>), typeof(ValueTuple<,,>), typeof(ValueTuple<,,,>),
        typeof(ValueTuple<,,,,>), typeof(ValueTuple<,,,,,>), typeof(ValueTuple<,,,,,,>),
    ];

    private ContractMethod(MethodInfo method)
    {
        Method = method;
        Parameters = [.. method.GetParameters().Select(p => p.ParameterType)];
        TakesCancellation = Parameters is [.., var last] && last == typeof(CancellationToken);
        Arguments = TakesCancellation ? Parameters[..^1] : Parameters;
        Returns = method.ReturnType;
        IsValueTask = Returns == typeof(ValueTask) || IsGeneric(typeof(ValueTask<>));
        HasResult = Returns.IsGenericType;
        Deadline = method.GetCustomAttribute<CallDeadlineAttribute>() is { } deadline ? TimeSpan.FromSeconds(deadline.Seconds) : null;
        Result = HasResult ? Returns.GetGenericArguments()[0] : typeof(ValueTuple);
    }

    public MethodInfo Method { get; }
    public Type[] Parameters { get; }
    public Type[] Arguments { get; }
    public bool TakesCancellation { get; }
    public Type Returns { get; }
    public bool IsValueTask { get; }
    public bool HasResult { get; }
    public Type Result { get; }
    public TimeSpan? Deadline { get; }

    /// <summary>The value tuple that holds the arguments.</summary>
    public Type Tuple => Arguments.Length == 0 ? typeof(ValueTuple) : s_tuples[Arguments.Length].MakeGenericType(Arguments);

    /// <summary>All methods of a contract, those of its base contracts too.</summary>
    /// <exception cref="ArgumentException">The contract breaks a rule; the message says which and what to change.</exception>
    public static IReadOnlyList<ContractMethod> ReadAll(Type contract)
    {
        if (!contract.IsInterface || contract.ContainsGenericParameters)
            throw new ArgumentException($"{contract} can't be a contract: make it an interface without type parameters.");
        if (!contract.IsVisible)
            throw new ArgumentException($"{contract} can't be a contract: make it public, the types around it too.");
        return [.. contract.GetInterfaces().Append(contract).SelectMany(type => type.GetMethods()).Where(m => !m.IsStatic).Select(Read)];
    }

    private static ContractMethod Read(MethodInfo method)
    {
        var name = $"{method.DeclaringType!.Name}.{method.Name}";
        if (method.IsSpecialName)
            throw new ArgumentException($"{name} is a property or an event. A contract holds methods only.");
        if (method.IsGenericMethod)
            throw new ArgumentException($"{name} has type parameters. Name the types in the contract.");
        if (method.GetParameters().Any(p => p.ParameterType.IsByRef || p.ParameterType.IsByRefLike || p.ParameterType.IsPointer))
            throw new ArgumentException($"{name} has a ref, out, span or pointer parameter. Pass values, and return a record.");
        var read = new ContractMethod(method);
        if (read.Returns != typeof(Task) && read.Returns != typeof(ValueTask)
            && !read.IsGeneric(typeof(Task<>)) && !read.IsGeneric(typeof(ValueTask<>)))
            throw new ArgumentException($"{name} returns {read.Returns.Name}. Return Task, Task<T>, ValueTask or ValueTask<T>.");
        if (read.Arguments.Contains(typeof(CancellationToken)))
            throw new ArgumentException($"{name} has a CancellationToken that isn't its last parameter. Put one there, and only there.");
        if (read.Arguments.Length > MaxArguments)
            throw new ArgumentException($"{name} has {read.Arguments.Length} parameters. Put them into a record; {MaxArguments} is the most.");
        return read;
    }

    private bool IsGeneric(Type definition) => Returns.IsGenericType && Returns.GetGenericTypeDefinition() == definition;
}
