using System.Text.Json.Nodes;

namespace Outrider.Agent.Executors.Kubernetes;

/// <summary>Does with one object what the task says.</summary>
internal sealed class ManifestRunner(KubernetesApi api, KubernetesParams given)
{
    /// <summary>Times that a change is tried when others change the object at the same time.</summary>
    private const int Tries = 5;

    private string Query => $"?fieldManager={Uri.EscapeDataString(given.FieldManager)}&fieldValidation=Strict{DryRun("&")}";

    /// <summary>What was done, such as <c>created</c>, and the last answer.</summary>
    public async Task<(string Done, KubernetesAnswer Answer)> RunAsync(Manifest manifest, KubernetesResource resource, CancellationToken cancellation)
    {
        var body = (JsonObject)manifest.Object.DeepClone();
        if (resource.Namespaced)
            body["metadata"]!["namespace"] = manifest.Namespace;
        switch (given.Operation)
        {
            case "create":
                return ("created", await CreateAsync(manifest, resource, body, cancellation));
            case "update":
                return ("updated", await UpdateAsync(manifest, resource, body, cancellation));
            case "delete":
                return ("deleted", await DeleteAsync(manifest, resource, cancellation));
            case "patch":
                return ("patched", await PatchAsync(manifest, resource, body, cancellation));
            case "apply":
                return ("applied", await ApplyAsync(manifest, resource, body, cancellation));
        }
        var created = await CreateAsync(manifest, resource, body, cancellation);
        return created.Reason == "AlreadyExists" && manifest.Name is not null
            ? ("updated", await UpdateAsync(manifest, resource, body, cancellation))
            : ("created", created);
    }

    private Task<KubernetesAnswer> CreateAsync(Manifest manifest, KubernetesResource resource, JsonObject body, CancellationToken cancellation) =>
        api.SendAsync(HttpMethod.Post, resource.Path(manifest.Namespace) + Query, body, null, cancellation);

    /// <summary>Puts the object in the place of the one that is there now, again if that has changed meanwhile.</summary>
    private Task<KubernetesAnswer> UpdateAsync(Manifest manifest, KubernetesResource resource, JsonObject body, CancellationToken cancellation)
    {
        var path = resource.Path(manifest.Namespace, manifest.Name);
        return UntilNoConflictAsync(manifest, async () =>
        {
            if (manifest.ResourceVersion is null)
            {
                var there = await api.SendAsync(HttpMethod.Get, path, null, null, cancellation);
                if (!there.Ok)
                    return there;
                body["metadata"]!["resourceVersion"] = there.Object?["metadata"]?["resourceVersion"]?.DeepClone();
            }
            return await api.SendAsync(HttpMethod.Put, path + Query, body, null, cancellation);
        });
    }

    private Task<KubernetesAnswer> PatchAsync(Manifest manifest, KubernetesResource resource, JsonObject body, CancellationToken cancellation)
    {
        JsonNode patch = given.PatchType == "json" ? body["patch"]!.DeepClone() : body;
        var type = given.PatchType switch
        {
            "json" => "application/json-patch+json",
            "merge" => "application/merge-patch+json",
            _ => "application/strategic-merge-patch+json",
        };
        return UntilNoConflictAsync(manifest, () =>
            api.SendAsync(HttpMethod.Patch, resource.Path(manifest.Namespace, manifest.Name) + Query, patch, type, cancellation));
    }

    /// <summary>Server-side apply. A conflict there is about who owns a field, and trying again doesn't help.</summary>
    private Task<KubernetesAnswer> ApplyAsync(Manifest manifest, KubernetesResource resource, JsonObject body, CancellationToken cancellation)
    {
        (body["metadata"] as JsonObject)?.Remove("managedFields");
        var path = $"{resource.Path(manifest.Namespace, manifest.Name)}{Query}&force={(given.Force ? "true" : "false")}";
        return api.SendAsync(HttpMethod.Patch, path, body, "application/apply-patch+yaml", cancellation);
    }

    private Task<KubernetesAnswer> DeleteAsync(Manifest manifest, KubernetesResource resource, CancellationToken cancellation) =>
        api.SendAsync(HttpMethod.Delete, resource.Path(manifest.Namespace, manifest.Name) + DryRun("?"), new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "DeleteOptions",
            ["propagationPolicy"] = "Background",
        }, null, cancellation);

    /// <summary>A manifest that says which version it changes means that one: it isn't tried on another.</summary>
    private static async Task<KubernetesAnswer> UntilNoConflictAsync(Manifest manifest, Func<Task<KubernetesAnswer>> attempt)
    {
        var answer = await attempt();
        for (var tries = 1; answer.IsConflict && manifest.ResourceVersion is null && tries < Tries; tries++)
            answer = await attempt();
        return answer;
    }

    private string DryRun(string before) => given.DryRun ? before + "dryRun=All" : "";
}
