using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Outrider.Api.Auth;
using Outrider.Api.Operations.Alerts;
using Outrider.Api.Rest.Bodies;
using Outrider.Api.Rest.Requests;
using Outrider.Grains.Notifications;
using Outrider.Grains.Secrets;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Rest.Alerts;

/// <summary>Where alerts are told, and the secrets that takes.</summary>
public static class ChannelEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var channels = api.MapGroup("/channels").WithTags("Channels");
        channels.MapGet("/", ListAsync).WithName("listChannels").WithSummary("The tenant's channels by name, without what is secret in them. Viewer.");
        channels.MapGet("/{name}", GetAsync).WithName("getChannel").WithSummary("One channel and how it is doing. Viewer.");
        channels.MapPut("/{name}", SetAsync).WithName("setChannel")
            .WithSummary("Makes a channel or replaces it; *** stands for what was there before. Admin.");
        channels.MapDelete("/{name}", DeleteAsync).WithName("deleteChannel")
            .WithSummary("Deletes a channel; what waits in it is dropped. 409 while a rule names it. Admin.");
        channels.MapPost("/{name}/test", TestAsync).WithName("testChannel")
            .WithSummary("Sends a test message through a channel, also a disabled one, and says what the receiver made of it. Operator.");
        channels.MapGet("/{name}/notifications", NotificationsAsync).WithName("listChannelNotifications")
            .WithSummary("What was sent through a channel, and what waits; newest first. Viewer.");
        var secrets = api.MapGroup("/secrets").WithTags("Channels");
        secrets.MapGet("/", ListSecretsAsync).WithName("listSecrets").WithSummary("The names of the tenant's secrets. Admin.");
        secrets.MapPut("/{name}", SetSecretAsync).WithName("setSecret")
            .WithSummary("Writes a secret; nobody is shown it again. Channels refer to it by ${secret:name}. Admin.");
        secrets.MapDelete("/{name}", DeleteSecretAsync).WithName("deleteSecret").WithSummary("Deletes a secret. Admin.");
    }

    private static async Task<ApiResult<ChannelList>> ListAsync(HttpContext context, ChannelOperations operations) =>
        await operations.ListAsync(context.Caller());

    private static async Task<ApiResult<ChannelView>> GetAsync(HttpContext context, ChannelOperations operations, string name) =>
        await operations.GetAsync(context.Caller(), name);

    private static async Task<ApiResult<ChannelView>> SetAsync(
        HttpContext context, ChannelOperations operations, string name, CheckedBody<ChannelView> channel, CancellationToken cancellation) =>
        channel.Outcome.Ok
            ? await operations.SetAsync(context.Caller(), name, channel.Outcome.Value, cancellation)
            : (Outcome<ChannelView>)channel.Outcome.Problem;

    private static async Task<DoneResult> DeleteAsync(
        HttpContext context, ChannelOperations operations, string name, CancellationToken cancellation) =>
        await operations.DeleteAsync(context.Caller(), name, cancellation);

    private static async Task<ApiResult<DeliveryResult>> TestAsync(
        HttpContext context, ChannelOperations operations, string name, CancellationToken cancellation) =>
        await operations.TestAsync(context.Caller(), name, cancellation);

    private static async Task<ApiResult<NotificationPage>> NotificationsAsync(
        HttpContext context,
        ChannelOperations operations,
        string name,
        CancellationToken cancellation,
        string? after = null,
        int limit = RestApi.DefaultPage) =>
        await operations.NotificationsAsync(context.Caller(), name, after, limit, cancellation);

    private static async Task<ApiResult<SecretList>> ListSecretsAsync(HttpContext context, SecretOperations operations) =>
        await operations.ListAsync(context.Caller());

    private static async Task<ApiResult<SecretView>> SetSecretAsync(
        HttpContext context, SecretOperations operations, string name, SecretRequest request, CancellationToken cancellation) =>
        await operations.SetAsync(context.Caller(), name, request.Value, cancellation);

    private static async Task<DoneResult> DeleteSecretAsync(
        HttpContext context, SecretOperations operations, string name, CancellationToken cancellation) =>
        await operations.DeleteAsync(context.Caller(), name, cancellation);
}
