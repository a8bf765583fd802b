using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Outrider.Api.Problems;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Auth;

/// <summary>Stands before every endpoint that is marked by <see cref="CallerRequired"/>.</summary>
public sealed class CallerMiddleware(RequestDelegate next, CallerProof proof, TimeProvider time, ILogger<CallerMiddleware> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<CallerRequired>() is null)
        {
            await next(context);
            return;
        }
        CallOrigin.Begin(context.Connection.RemoteIpAddress, time);
        var caller = await ProveAsync(context);
        if (!caller.Ok)
        {
            await ProblemJson.WriteAsync(context, caller.Problem);
            return;
        }
        context.SetCaller(caller.Value);
        await next(context);
    }

    private async Task<Outcome<Caller>> ProveAsync(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        if (CredentialReader.QueryName(context.Request.Query) is { } name)
            log.LogWarning("A request from {Address} had a credential in its address, as {Parameter}", address, name);
        var caller = await proof.ProveAsync(address, CredentialReader.Read(context.Request));
        return caller.Ok && Authenticator.CheckTenantHeader(context.Request, caller.Value) is { } mismatch ? mismatch : caller;
    }
}
