namespace Outrider.Api.Operations.Alerts;

/// <summary>A page of notifications, newest first.</summary>
/// <param name="Next">Pass it as <c>after</c> for the next page; null: this was the last.</param>
public sealed record NotificationPage(List<NotificationView> Notifications, string? Next);
