using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Outrider.Api.Problems;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Auth;

/// <summary>Stands before every endpoint that is marked by <see cref="CallerRequired"/>, and notes where calls come from that need no proof.</summary>
public sealed class CallerMiddleware(RequestDelegate next, CallerProof proof, TimeProvider time, ILogger<CallerMiddleware> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var endpoint = context.GetEndpoint()?.Metadata;
        var isOpen = endpoint?.GetMetadata<AnybodyAllowed>() is not null;
        if (!isOpen && endpoint?.GetMetadata<CallerRequired>() is null)
        {
            await next(context);
            return;
        }
        CallOrigin.Begin(context.Connection.RemoteIpAddress, time);
        if ((isOpen ? SessionCookie.CheckChange(context.Request) : await ProveAsync(context)) is { } problem)
        {
            await ProblemJson.WriteAsync(context, problem);
            return;
        }
        await next(context);
    }

    private async Task<Problem?> ProveAsync(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        if (CredentialReader.QueryName(context.Request.Query) is { } name)
            log.LogWarning("A request from {Address} had a credential in its address, as {Parameter}", address, name);
        var credential = CredentialReader.ReadOrSession(context.Request);
        var caller = await proof.ProveAsync(address, credential);
        if (!caller.Ok)
            return caller.Problem;
        context.SetCaller(caller.Value, credential.Value!);
        return Authenticator.CheckTenantHeader(context.Request, caller.Value);
    }
}
