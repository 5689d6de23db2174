using MediatR;
using MoocPlatform.Enrollment.Contracts;

namespace MoocPlatform.Host.Notifications;

/// <summary>The owner of a new badge hears of it.</summary>
internal sealed class WhenCredentialIssued(BadgeMails mails) : INotificationHandler<CredentialIssued>
{
    public Task Handle(CredentialIssued notification, CancellationToken cancellationToken) => mails.Issued(notification, cancellationToken);
}

/// <summary>The owner of a badge that was taken back hears of it, and why.</summary>
internal sealed class WhenCredentialRevoked(BadgeMails mails) : INotificationHandler<CredentialRevoked>
{
    public Task Handle(CredentialRevoked notification, CancellationToken cancellationToken) => mails.Revoked(notification, cancellationToken);
}
