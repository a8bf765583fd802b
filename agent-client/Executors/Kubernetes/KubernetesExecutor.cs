using System.Globalization;
using System.Text.Json.Nodes;
using Outrider.Agent.Http;
using Outrider.Agent.Policy;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Executors.Kubernetes;

/// <summary>
/// Tasks of type <c>k8s</c>: creates, updates, patches, applies or deletes the objects of some manifests, in their order, until one fails.
/// All of them are checked before the first is touched.
/// </summary>
/// <param name="policy">The policy.</param>
/// <param name="access">Gives the access of a context; null is the current one.</param>
/// <param name="time">For the wait until a kind that the task itself defines is there.</param>
internal sealed class KubernetesExecutor(KubernetesPolicy policy, Func<string?, Outcome<KubernetesAccess>> access, TimeProvider time) : IExecutor
{
    private const int KindTries = 10;

    private static readonly TimeSpan s_kindPause = TimeSpan.FromSeconds(1);

    public string Type => TaskTypes.Kubernetes;

    public ValueTask<Problem?> CheckAsync(TaskCreate task, CancellationToken cancellation) =>
        ValueTask.FromResult(Read(task) is { Ok: false, Problem: var problem } ? problem : null);

    public async Task<TaskComplete> RunAsync(TaskCreate task, ITaskOutput output, CancellationToken cancellation)
    {
        var read = Read(task);
        if (!read.Ok)
            return Ends.Failed(task, read.Problem);
        var (given, manifests) = read.Value;
        var loaded = access(given.Context);
        if (!loaded.Ok)
            return Ends.Failed(task, loaded.Problem);
        using var api = new KubernetesApi(loaded.Value);
        var done = new KubernetesResult();
        try
        {
            var resources = await ResolveAsync(api, manifests, cancellation);
            var problem = resources.Ok ? await RunAsync(api, given, resources.Value, done, output, cancellation) : resources.Problem;
            return problem is null ? Ends.Success(task, done.ToJson()) : Ends.Failed(task, problem, done.Count > 0 ? done.ToJson() : null);
        }
        catch (Exception e) when (HttpFailure.Is(e))
        {
            return Ends.Failed(task, HttpFailure.Of(e, $"The API server {api.Server}", ProblemCodes.CommandFailed), done.Count > 0 ? done.ToJson() : null);
        }
    }

    private Outcome<(KubernetesParams Given, List<Manifest> Manifests)> Read(TaskCreate task)
    {
        var given = TaskParams.Read(task, KubernetesJson.Default.KubernetesParams);
        if (!given.Ok)
            return given.Problem;
        if (given.Value.Fault() is { } fault)
            return Invalid($"The task's params can't be used: {fault}.");
        var manifests = Manifest.ReadAll(task.Command, given.Value);
        if (!manifests.Ok)
            return Invalid($"The manifests can't be used: {manifests.Problem.Message.TrimEnd('.')}.");
        return KubernetesRules.Refusal(manifests.Value, given.Value, policy) is { } refused ? refused : (given.Value, manifests.Value);
    }

    /// <summary>How the API names each manifest's kind, and whether its place is one that the policy allows.</summary>
    private async Task<Outcome<List<(Manifest Manifest, KubernetesResource Resource, bool New)>>> ResolveAsync(
        KubernetesApi api, List<Manifest> manifests, CancellationToken cancellation)
    {
        var resources = new List<(Manifest, KubernetesResource, bool)>();
        foreach (var manifest in manifests)
        {
            var found = await api.FindAsync(manifest, cancellation);
            var defined = found.Ok ? null : manifests.Select(other => DefinedIn(other, manifest)).FirstOrDefault(resource => resource is not null);
            if ((found.Value ?? defined) is not { } resource)
                return found.Problem!;
            if (KubernetesRules.ScopeRefusal(manifest, resource.Namespaced, policy) is { } refused)
                return refused;
            resources.Add((manifest, resource, defined is not null));
        }
        return resources;
    }

    private async Task<Problem?> RunAsync(
        KubernetesApi api, KubernetesParams given, List<(Manifest Manifest, KubernetesResource Resource, bool New)> all, KubernetesResult done,
        ITaskOutput output, CancellationToken cancellation)
    {
        var runner = new ManifestRunner(api, given);
        foreach (var (manifest, resource, isNew) in all)
        {
            var (word, answer) = await runner.RunAsync(manifest, resource, cancellation);
            // The API server takes a moment until a kind that it was just told of is there.
            for (var tries = 1; isNew && answer.Status == 404 && tries < KindTries; tries++)
            {
                await Task.Delay(s_kindPause, time, cancellation);
                (word, answer) = await runner.RunAsync(manifest, resource, cancellation);
            }
            var title = manifest.Title(resource.Namespaced);
            if (!answer.Ok)
            {
                var problem = answer.ToProblem(title);
                problem.Details!["done"] = done.Count.ToString(CultureInfo.InvariantCulture);
                return problem;
            }
            var shown = done.Add(word, answer.Object ?? []);
            await output.NoteAsync($"{word} {title}{(given.DryRun ? " (dry run)" : "")}", cancellation);
            await output.WriteAsync(TaskStream.Stdout, ResultJson.Write(shown), cancellation);
            await output.WriteAsync(TaskStream.Stdout, "\n"u8.ToArray(), cancellation);
        }
        return null;
    }

    /// <summary>How the API will name a kind that another manifest of the task defines; null: it doesn't define it.</summary>
    private static KubernetesResource? DefinedIn(Manifest definition, Manifest manifest)
    {
        if (definition.Kind != "CustomResourceDefinition" || definition.Object["spec"] is not JsonObject spec || spec["names"] is not JsonObject names)
            return null;
        return spec["group"]?.ToString() == manifest.Group && names["kind"]?.ToString() == manifest.Kind
            && names["plural"]?.ToString() is { } plural && ManifestNames.IsPlural(plural)
            ? new KubernetesResource(KubernetesResource.RootOf(manifest.Group, manifest.Version), plural, spec["scope"]?.ToString() != "Cluster")
            : null;
    }

    private static Problem Invalid(string message) => new(ProblemCodes.InvalidArgument, message);
}
