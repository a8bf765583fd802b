using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Outrider.Api.Posts.Reports;
using Outrider.Grains.Agents;
using Outrider.Grains.Runtime;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Posts;

/// <summary>What agents that hold no link may do. The tenant is their credential's.</summary>
internal sealed class AgentPosts(IGrains grains, PostReader reader)
{
    /// <summary>A post belongs to no boot; the grain looks at it only where links compete.</summary>
    private const string Boot = "post";

    /// <summary>Registers an agent, by its enrolment token or by the credential it has; problems of <see cref="IAgent.RegisterAsync"/>.</summary>
    public async Task<Outcome<RegisteredAgent>> RegisterAsync(Credential proof, HttpRequest request)
    {
        var post = await ReadAsync<RegisterPost>(request);
        if (!post.Ok)
            return post.Problem;
        var isNew = proof.Kind == CredentialKind.EnrolmentToken;
        var made = isNew && post.Value.Credential is null
            ? Credential.Create(CredentialKind.Agent, proof.Tenant, "", RandomNumberGenerator.GetBytes(32)).Text
            : null;
        var message = new AgentRegister
        {
            Versions = [LinkProtocol.Version],
            Agent = post.Value.ServerName,
            Credential = made ?? (isNew ? post.Value.Credential! : proof.Text),
            Token = isNew ? proof.Text : null,
            Boot = Boot,
            Facts = Facts(post.Value.SystemInfo),
        };
        if (MessageRules.Check(message) is { } wrong)
            return Invalid($"The registration can't be taken: {wrong}.");
        var form = LinkRegistration.From(message);
        if (!form.Ok)
            return form.Problem;
        var registered = await Agent(form.Value.Tenant, form.Value.Hello.Agent).RegisterAsync(form.Value.Hello);
        return registered.Ok
            ? new RegisteredAgent(form.Value.Hello.Agent, registered.Value.Enrolled, made, registered.Value.Config)
            : registered.Problem;
    }

    /// <summary>Takes a sign of life; problems of <see cref="IAgent.PostAsync"/>.</summary>
    public async Task<Outcome<HeartbeatAnswer>> HeartbeatAsync(Credential proof, HttpRequest request)
    {
        var post = await ReadAsync<HeartbeatPost>(request);
        if (!post.Ok)
            return post.Problem;
        var posted = await PostAsync(proof, post.Value.ServerName, batch: null);
        return posted.Ok ? new HeartbeatAnswer(posted.Value.Config) : posted.Problem;
    }

    /// <summary>Stores a report, JSON or a metric batch; problems of <see cref="IAgent.PostAsync"/>.</summary>
    public async Task<Outcome<ReportAnswer>> ReportAsync(Credential proof, HttpRequest request)
    {
        var read = await reader.ReadAsync(request, batchToo: true, request.HttpContext.RequestAborted);
        if (!read.Ok)
            return read.Problem;
        // Held until the answer: a store that is slow must not let more reports pile up than the budget has room for.
        using var body = read.Value;
        var report = body.IsBatch ? OfBatch(request, body) : OfJson(body);
        if (!report.Ok)
            return report.Problem;
        var posted = await PostAsync(proof, report.Value.Agent, report.Value.Batch);
        return posted.Ok && posted.Value.Stored is { } stored
            ? new ReportAnswer(stored.Samples, stored.Duplicate, stored.Refused, posted.Value.Config)
            : posted.Problem!;
    }

    private static Outcome<(string Agent, byte[] Batch)> OfBatch(HttpRequest request, PostBody body) =>
        request.Query["server_name"] is [{ } agent]
            ? (agent, body.Bytes.ToArray())
            : Invalid("A metric batch doesn't say whose it is. Give server_name in the query, once.");

    private static Outcome<(string Agent, byte[] Batch)> OfJson(PostBody body)
    {
        var report = PostReader.Parse<Report>(body);
        if (!report.Ok)
            return report.Problem;
        var batch = ReportBatch.Encode(report.Value, body.Bytes.Span);
        return batch.Ok ? (report.Value.ServerName, batch.Value) : batch.Problem;
    }

    private async Task<Outcome<T>> ReadAsync<T>(HttpRequest request) where T : class
    {
        var read = await reader.ReadAsync(request, batchToo: false, request.HttpContext.RequestAborted);
        if (!read.Ok)
            return read.Problem;
        using var body = read.Value;
        return PostReader.Parse<T>(body);
    }

    private async Task<Outcome<AgentPosted>> PostAsync(Credential proof, string agent, byte[]? batch) => Names.IsAgent(agent)
        ? await Agent(proof.Tenant, agent).PostAsync(proof.Hash, batch)
        : Invalid($"'server_name' is not valid: {Names.Rule}.");

    private static AgentFacts Facts(SystemInfo? info) => new()
    {
        Version = string.IsNullOrEmpty(info?.AgentVersion) ? "unknown" : info.AgentVersion,
        Capabilities = [LinkProtocol.Metrics],
        Hostname = info?.Hostname,
        Os = info?.Os,
        Arch = info?.Arch,
        Cpus = info?.KnownCpus,
        MemoryBytes = info?.KnownMemoryBytes,
    };

    private static Problem Invalid(string message) => new(ProblemCodes.InvalidArgument, message);

    private IAgent Agent(string tenant, string agent) => grains.Get<IAgent>(GrainKeys.Join(tenant, agent));
}
