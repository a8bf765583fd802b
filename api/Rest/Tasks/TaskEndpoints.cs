using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Outrider.Api.Auth;
using Outrider.Api.Operations.Tasks;
using Outrider.Api.Rest.Bodies;
using Outrider.Api.Rest.Requests;
using Outrider.Grains.Tasks;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Rest.Tasks;

/// <summary>Pieces of work for one agent each.</summary>
public static class TaskEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var tasks = api.MapGroup("/tasks").WithTags("Tasks");
        tasks.MapPost("/", CreateAsync).WithName("createTask")
            .WithSummary("Makes a task; with sync the answer waits for its end, and says in sync_timed_out when that took too long. Operator.");
        tasks.MapPost("/check", CheckAsync).WithName("checkTask")
            .WithSummary("Asks the agent whether its policy would let a task run; nothing runs. Operator.");
        tasks.MapGet("/", ListAsync).WithName("listTasks").WithSummary("Tasks, the newest first, without their results. Viewer.");
        tasks.MapGet("/{id}", GetAsync).WithName("getTask").WithSummary("One task. Viewer.");
        tasks.MapDelete("/{id}", DeleteAsync).WithName("deleteTask")
            .WithSummary("Removes a task that is over, and its log; with force also one that isn't, which is canceled. Admin.");
        tasks.MapPost("/{id}/cancel", CancelAsync).WithName("cancelTask")
            .WithSummary("Cancels a task. One that runs is canceled when its agent says so. Operator.");
        tasks.MapPost("/{id}/approve", ApproveAsync).WithName("approveTask").WithSummary("Lets a task of somebody else run. Operator.");
        tasks.MapPost("/{id}/reject", RejectAsync).WithName("rejectTask").WithSummary("Keeps a task of somebody else from running. Operator.");
        TaskLogEndpoints.Map(tasks);
        var settings = api.MapGroup("/task-settings").WithTags("Tasks");
        settings.MapGet("/", GetSettingsAsync).WithName("getTaskSettings").WithSummary("Which tasks need the approval of a second person. Viewer.");
        settings.MapPut("/", SetSettingsAsync).WithName("setTaskSettings")
            .WithSummary("Replaces that; with revision only if nobody else has meanwhile. Admin.");
    }

    private static async Task<CreatedResult<TaskView>> CreateAsync(
        HttpContext context, TaskOperations operations, CheckedBody<TaskBody> task, CancellationToken cancellation)
    {
        var created = task.Outcome.Ok ? await operations.CreateAsync(context.Caller(), task.Outcome.Value, cancellation) : task.Outcome.Problem;
        return new(created, LocationOf);
    }

    private static async Task<ApiResult<TaskCheck>> CheckAsync(
        HttpContext context, TaskOperations operations, CheckedBody<TaskBody> task, CancellationToken cancellation) =>
        task.Outcome.Ok ? await operations.CheckAsync(context.Caller(), task.Outcome.Value, cancellation) : (Outcome<TaskCheck>)task.Outcome.Problem;

    private static async Task<ApiResult<TaskPage>> ListAsync(
        HttpContext context, TaskOperations operations, [AsParameters] TaskParameters tasks, CancellationToken cancellation) =>
        await operations.ListAsync(context.Caller(), tasks.ToQuestion(), cancellation);

    private static async Task<ApiResult<TaskView>> GetAsync(
        HttpContext context, TaskOperations operations, string id, CancellationToken cancellation) =>
        await operations.GetAsync(context.Caller(), id, cancellation);

    private static async Task<DoneResult> DeleteAsync(
        HttpContext context,
        TaskOperations operations,
        string id,
        [FromQuery(Name = "force"), Description("true: one that isn't over is canceled first.")] bool force = false) =>
        await operations.DeleteAsync(context.Caller(), id, force);

    private static async Task<ApiResult<TaskView>> CancelAsync(HttpContext context, TaskOperations operations, string id) =>
        await operations.CancelAsync(context.Caller(), id);

    private static async Task<ApiResult<TaskView>> ApproveAsync(
        HttpContext context, TaskOperations operations, string id, NoteRequest? request = null) =>
        await operations.DecideAsync(context.Caller(), id, approve: true, request?.Note);

    private static async Task<ApiResult<TaskView>> RejectAsync(
        HttpContext context, TaskOperations operations, string id, NoteRequest? request = null) =>
        await operations.DecideAsync(context.Caller(), id, approve: false, request?.Note);

    private static async Task<ApiResult<TaskSettingsState>> GetSettingsAsync(HttpContext context, TaskSettingsOperations operations) =>
        await operations.GetAsync(context.Caller());

    private static async Task<ApiResult<TaskSettingsState>> SetSettingsAsync(
        HttpContext context, TaskSettingsOperations operations, CheckedBody<TaskSettingsBody> settings) =>
        settings.Outcome.Ok
            ? await operations.SetAsync(context.Caller(), settings.Outcome.Value)
            : (Outcome<TaskSettingsState>)settings.Outcome.Problem;

    private static string LocationOf(TaskView task) => $"{RestApi.Prefix}/tasks/{task.Id}";
}
