using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Outrider.Api.Auth;
using Outrider.Api.Operations.People;
using Outrider.Api.Rest.Requests;
using Outrider.Grains.People;

namespace Outrider.Api.Rest.People;

/// <summary>Users of a tenant for its admins and the platform; platform users for the platform.</summary>
public static class UserEndpoints
{
    private const string Platform = "";

    public static void Map(IEndpointRouteBuilder api)
    {
        MapTenant(api.MapGroup("/tenants/{tenant}/users").WithTags("Users"));
        MapPlatform(api.MapGroup("/platform/users").WithTags("Users"));
    }

    private static void MapTenant(RouteGroupBuilder users)
    {
        const string Who = "Admin or platform.";
        users.MapGet("/", ListAsync).WithName("listUsers").WithSummary($"Users by name. {Who}");
        users.MapPost("/", CreateAsync).WithName("createUser")
            .WithSummary($"Makes a user; without a password with a one-time link by which they choose one, shown this once. {Who}");
        users.MapGet("/{name}", GetAsync).WithName("getUser").WithSummary($"One user. {Who}");
        users.MapPatch("/{name}", UpdateAsync).WithName("updateUser").WithSummary($"Changes what is given. {Who}");
        users.MapDelete("/{name}", DeleteAsync).WithName("deleteUser").WithSummary($"Removes a user; their sessions end at once. {Who}");
        users.MapPost("/{name}/invitation", InviteAsync).WithName("inviteUser")
            .WithSummary($"Makes a one-time link by which the user chooses another password, shown this once; their sessions end. {Who}");
        users.MapPost("/{name}/sign-out", SignOutAsync).WithName("signOutUser").WithSummary($"Ends the user's sessions, at once. {Who}");
    }

    private static void MapPlatform(RouteGroupBuilder users)
    {
        users.MapGet("/", (HttpContext context, UserOperations operations, string? after = null, int limit = RestApi.DefaultPage) =>
            ListAsync(context, operations, Platform, after, limit)).WithName("listPlatformUsers").WithSummary("Platform users by name. Platform.");
        users.MapPost("/", (HttpContext context, UserOperations operations, UserRequest request, CancellationToken cancellation) =>
            CreateAsync(context, operations, Platform, request, cancellation)).WithName("createPlatformUser")
            .WithSummary("Makes a platform user; without a password with a one-time link by which they choose one, shown this once. Platform.");
        users.MapGet("/{name}", (HttpContext context, UserOperations operations, string name) => GetAsync(context, operations, Platform, name))
            .WithName("getPlatformUser").WithSummary("One platform user. Platform.");
        users.MapPatch("/{name}", (HttpContext context, UserOperations operations, string name, UserUpdate update, CancellationToken cancellation) =>
            UpdateAsync(context, operations, Platform, name, update, cancellation)).WithName("updatePlatformUser").WithSummary("Changes what is given. Platform.");
        users.MapDelete("/{name}", (HttpContext context, UserOperations operations, string name, CancellationToken cancellation) =>
            DeleteAsync(context, operations, Platform, name, cancellation)).WithName("deletePlatformUser")
            .WithSummary("Removes a platform user; their sessions end at once. Platform.");
        users.MapPost("/{name}/invitation", (HttpContext context, UserOperations operations, string name, CancellationToken cancellation) =>
            InviteAsync(context, operations, Platform, name, cancellation)).WithName("invitePlatformUser")
            .WithSummary("Makes a one-time link by which the user chooses another password, shown this once; their sessions end. Platform.");
        users.MapPost("/{name}/sign-out", (HttpContext context, UserOperations operations, string name, CancellationToken cancellation) =>
            SignOutAsync(context, operations, Platform, name, cancellation)).WithName("signOutPlatformUser")
            .WithSummary("Ends the user's sessions, at once. Platform.");
    }

    private static async Task<ApiResult<UserPage>> ListAsync(
        HttpContext context, UserOperations operations, string tenant, string? after = null, int limit = RestApi.DefaultPage) =>
        await operations.ListAsync(context.Caller(), tenant, after, limit);

    private static async Task<CreatedResult<CreatedUser>> CreateAsync(
        HttpContext context, UserOperations operations, string tenant, UserRequest request, CancellationToken cancellation)
    {
        var profile = new UserProfile(request.DisplayName ?? request.Name, request.Role, request.Identity);
        var created = await operations.CreateAsync(context.Caller(), tenant, request.Name, profile, request.Password, Centre(context), cancellation);
        var users = tenant.Length == 0 ? "platform" : $"tenants/{tenant}";
        return new(created, created => $"{RestApi.Prefix}/{users}/users/{created.User.Name}");
    }

    private static async Task<ApiResult<UserView>> GetAsync(HttpContext context, UserOperations operations, string tenant, string name) =>
        await operations.GetAsync(context.Caller(), tenant, name);

    private static async Task<ApiResult<UserView>> UpdateAsync(
        HttpContext context, UserOperations operations, string tenant, string name, UserUpdate update, CancellationToken cancellation) =>
        await operations.UpdateAsync(context.Caller(), tenant, name, update, cancellation);

    private static async Task<DoneResult> DeleteAsync(
        HttpContext context, UserOperations operations, string tenant, string name, CancellationToken cancellation) =>
        await operations.DeleteAsync(context.Caller(), tenant, name, cancellation);

    private static async Task<ApiResult<InvitationView>> InviteAsync(
        HttpContext context, UserOperations operations, string tenant, string name, CancellationToken cancellation)
    {
        context.Response.Headers.CacheControl = "no-store";
        return await operations.InviteAsync(context.Caller(), tenant, name, Centre(context), cancellation);
    }

    private static async Task<DoneResult> SignOutAsync(
        HttpContext context, UserOperations operations, string tenant, string name, CancellationToken cancellation) =>
        await operations.SignOutAsync(context.Caller(), tenant, name, cancellation);

    private static string Centre(HttpContext context) => $"{context.Request.Scheme}://{context.Request.Host}";
}
