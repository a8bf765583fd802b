using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;
using Outrider.Silo.Embedded.Calls;

namespace Outrider.Silo.Embedded.References;

/// <summary>
/// Makes the class behind the references of a contract, at run time. For each method it emits two small ones: one that packs the
/// arguments into a value tuple and sends it, and a static one that unpacks them and calls the object. All else is ordinary code.
/// </summary>
internal static class ReferenceCompiler
{
    private const BindingFlags Instance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
    private const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly ModuleBuilder s_module = AssemblyBuilder
        .DefineDynamicAssembly(new AssemblyName("Outrider.References"), AssemblyBuilderAccess.Run)
        .DefineDynamicModule("Outrider.References");

    private static readonly ConcurrentDictionary<Type, Lazy<Func<CallTarget, object>>> s_factories = [];

    /// <summary>What makes references of a contract; compiled once per process.</summary>
    /// <exception cref="ArgumentException">The contract breaks a rule; see <see cref="ContractMethod.ReadAll"/>.</exception>
    public static Func<CallTarget, object> Factory(Type contract) =>
        s_factories.GetOrAdd(contract, static c => new Lazy<Func<CallTarget, object>>(() => Compile(c))).Value;

    private static Func<CallTarget, object> Compile(Type contract)
    {
        var methods = ContractMethod.ReadAll(contract);
        // Contracts in different namespaces may share a name.
        var type = s_module.DefineType(
            $"{contract.FullName}.Reference", TypeAttributes.Public | TypeAttributes.Sealed, typeof(Reference), [contract]);
        EmitFactory(type);
        for (var i = 0; i < methods.Count; i++)
        {
            var method = methods[i];
            var field = type.DefineField(
                $"Method{i}", typeof(CallMethod<,>).MakeGenericType(method.Tuple, method.Result), FieldAttributes.Public | FieldAttributes.Static);
            EmitInvoker(type, method, $"Invoke{i}");
            EmitSender(type, method, field);
        }
        var compiled = type.CreateType();
        for (var i = 0; i < methods.Count; i++)
        {
            var field = compiled.GetField($"Method{i}", Static)!;
            var invoker = compiled.GetMethod($"Invoke{i}", Static)!
                .CreateDelegate(field.FieldType.GetNestedType("Invoker")!.MakeGenericType(field.FieldType.GenericTypeArguments));
            field.SetValue(null, Activator.CreateInstance(
                field.FieldType, methods[i].Method.Name, methods[i].TakesCancellation, methods[i].Deadline, invoker));
        }
        return compiled.GetMethod("Create", Static)!.CreateDelegate<Func<CallTarget, object>>();
    }

    /// <summary>A constructor, and <c>static object Create(CallTarget target) => new Reference(target)</c>.</summary>
    private static void EmitFactory(TypeBuilder type)
    {
        var constructor = type.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, [typeof(CallTarget)]);
        var il = constructor.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Call, typeof(Reference).GetConstructor(Instance, [typeof(CallTarget)])!);
        il.Emit(OpCodes.Ret);

        il = type.DefineMethod("Create", MethodAttributes.Public | MethodAttributes.Static, typeof(object), [typeof(CallTarget)])
            .GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Newobj, constructor);
        il.Emit(OpCodes.Ret);
    }

    /// <summary><c>Task&lt;R> M(a, b, token) => CallAsync(MethodN, (a, b), token)</c></summary>
    private static void EmitSender(TypeBuilder type, ContractMethod method, FieldInfo field)
    {
        var sender = type.DefineMethod(
            $"{method.Method.DeclaringType!.FullName}.{method.Method.Name}",
            MethodAttributes.Private | MethodAttributes.Virtual | MethodAttributes.Final | MethodAttributes.HideBySig | MethodAttributes.NewSlot,
            method.Returns, method.Parameters);
        type.DefineMethodOverride(sender, method.Method);
        var il = sender.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldsfld, field);
        for (var i = 0; i < method.Arguments.Length; i++)
            il.Emit(OpCodes.Ldarg, (short)(i + 1));
        if (method.Arguments.Length > 0)
            il.Emit(OpCodes.Newobj, method.Tuple.GetConstructor(method.Arguments)!);
        else
            EmitDefault(il, typeof(ValueTuple));
        if (method.TakesCancellation)
            il.Emit(OpCodes.Ldarg, (short)method.Parameters.Length);
        else
            EmitDefault(il, typeof(CancellationToken));
        il.Emit(OpCodes.Call, typeof(Reference).GetMethod("CallAsync", Instance)!.MakeGenericMethod(method.Tuple, method.Result));
        if (method.IsValueTask)
        {
            var task = method.HasResult ? typeof(Task<>).MakeGenericType(method.Result) : typeof(Task);
            il.Emit(OpCodes.Newobj, method.Returns.GetConstructor([task])!);
        }
        il.Emit(OpCodes.Ret);
    }

    /// <summary><c>static ValueTask&lt;R> InvokeN(object target, ref (A, B) arguments, token) => ((IContract)target).M(…)</c></summary>
    private static void EmitInvoker(TypeBuilder type, ContractMethod method, string name)
    {
        var result = typeof(ValueTask<>).MakeGenericType(method.Result);
        var il = type.DefineMethod(
                name, MethodAttributes.Public | MethodAttributes.Static, result,
                [typeof(object), method.Tuple.MakeByRefType(), typeof(CancellationToken)])
            .GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Castclass, method.Method.DeclaringType!);
        for (var i = 0; i < method.Arguments.Length; i++)
        {
            il.Emit(OpCodes.Ldarg_1);
            il.Emit(OpCodes.Ldfld, method.Tuple.GetField($"Item{i + 1}")!);
        }
        if (method.TakesCancellation)
            il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Callvirt, method.Method);
        if (!method.HasResult)
            il.Emit(OpCodes.Call, typeof(Reference).GetMethod(method.IsValueTask ? "FromValueTask" : "FromTask", Static)!);
        else if (!method.IsValueTask)
            il.Emit(OpCodes.Newobj, result.GetConstructor([method.Returns])!);
        il.Emit(OpCodes.Ret);
    }

    private static void EmitDefault(ILGenerator il, Type type)
    {
        var local = il.DeclareLocal(type);
        il.Emit(OpCodes.Ldloca, local);
        il.Emit(OpCodes.Initobj, type);
        il.Emit(OpCodes.Ldloc, local);
    }
}
