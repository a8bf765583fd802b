using Microsoft.AspNetCore.Http;
using Outrider.Api.Auth;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Posts;

/// <summary>
/// Stands before the posts of agents as authentication does before callers: the same places for a credential, the same limit on failures.
/// Whether a credential is good only its agent's grain knows.
/// </summary>
internal sealed class PostGate(RequestLimits limits)
{
    private const string AgentCredential = "the agent's credential (it begins with 'ora.')";
    private const string AnyCredential = AgentCredential + " or, for a new agent, an enrolment token ('ort.')";

    /// <summary>Serves a post whose credential may be one; the problem otherwise.</summary>
    /// <param name="tokensToo">Whether an enrolment token will do.</param>
    public async Task<Outcome<T>> PassAsync<T>(HttpContext context, bool tokensToo, Func<Credential, Task<Outcome<T>>> serve)
    {
        var address = context.Connection.RemoteIpAddress;
        if (limits.CheckFailures(address) is { } shutOut)
            return shutOut;
        var credential = Read(context.Request, tokensToo);
        var outcome = !credential.Ok ? credential.Problem
            : limits.CountPost(credential.Value.Hash) is { } tooFast ? tooFast
            : await serve(credential.Value);
        if (outcome.Problem?.Code is ProblemCodes.Unauthenticated or ProblemCodes.EnrolmentRefused)
            limits.CountFailure(address);
        return outcome;
    }

    private static Outcome<Credential> Read(HttpRequest request, bool tokensToo)
    {
        var wanted = tokensToo ? AnyCredential : AgentCredential;
        var credential = CredentialReader.Read(request, wanted);
        if (!credential.Ok)
            return credential;
        var isOfAgents = credential.Value.Kind == CredentialKind.Agent || (tokensToo && credential.Value.Kind == CredentialKind.EnrolmentToken);
        return isOfAgents && Names.IsTenant(credential.Value.Tenant)
            ? credential
            : new Problem(ProblemCodes.Unauthenticated, $"This needs {wanted}.");
    }
}
