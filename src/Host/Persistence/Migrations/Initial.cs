using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Migrations.Operations.Builders;
using MoocPlatform.Kernel;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace MoocPlatform.Host.Persistence.Migrations;

/// <summary>Accounts (the tables of ASP.NET Core Identity, schema version 3), data protection, job runs, notifications, mail.</summary>
[DbContext(typeof(HostDb))]
[Migration("202611210001_Initial")]
internal sealed partial class Initial : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateOutbox("host");
        Identity(migrationBuilder);

        migrationBuilder.CreateTable("host_protection_keys",
            t => new { Id = t.Column<Guid>(), Xml = t.Column<string>() },
            constraints: t => t.PrimaryKey("PK_host_protection_keys", k => k.Id));

        migrationBuilder.CreateTable("host_health_probe",
            t => new { Id = t.Column<int>(), At = t.Column<long>() },
            constraints: t => t.PrimaryKey("PK_host_health_probe", p => p.Id));

        migrationBuilder.CreateTable("host_job_runs",
            t => new
            {
                Id = t.Column<Guid>(),
                Key = t.Column<string>(),
                What = t.Column<string>(),
                DueAt = t.Column<long>(),
                StartedAt = t.Column<long>(),
                EndedAt = t.Column<long>(nullable: true),
                Error = t.Column<string>(nullable: true),
            },
            constraints: t => t.PrimaryKey("PK_host_job_runs", r => r.Id));
        migrationBuilder.CreateIndex("ix_host_job_runs_started", "host_job_runs", "StartedAt");
        Mail(migrationBuilder);
        Notifications(migrationBuilder);

        migrationBuilder.CreateTable("host_sign_in_tries",
            t => new
            {
                Account = t.Column<string>(maxLength: 32),
                Source = t.Column<string>(maxLength: 64),
                Count = t.Column<int>(),
                Since = t.Column<long>(),
            },
            constraints: t => t.PrimaryKey("PK_host_sign_in_tries", r => new { r.Account, r.Source }));
        migrationBuilder.CreateIndex("ix_host_sign_in_tries_since", "host_sign_in_tries", "Since");

        migrationBuilder.CreateTable("host_marks",
            t => new { Key = t.Column<string>(maxLength: 64), Value = t.Column<string>(), At = t.Column<long>() },
            constraints: t => t.PrimaryKey("PK_host_marks", m => m.Key));
        PersonalData(migrationBuilder);
    }

    private static void Mail(MigrationBuilder migration)
    {
        migration.CreateTable("host_mails",
            t => new
            {
                Id = t.Column<Guid>(),
                To = t.Column<string>(maxLength: 254),
                Subject = t.Column<string>(),
                Body = t.Column<string>(),
                Words = t.Column<int>(),
                PersonId = t.Column<Guid>(nullable: true),
                Kind = t.Column<int>(nullable: true),
                Pace = t.Column<int>(nullable: true),
                Unsubscribe = t.Column<string>(nullable: true),
                ToMany = t.Column<bool>(),
                State = t.Column<int>(),
                Reason = t.Column<string>(nullable: true),
                Attempts = t.Column<int>(),
                QueuedAt = t.Column<long>(),
                NextAt = t.Column<long>(),
                SentAt = t.Column<long>(nullable: true),
            },
            constraints: t => t.PrimaryKey("PK_host_mails", m => m.Id));
        migration.CreateIndex("ix_host_mails_due", "host_mails", ["State", "ToMany", "NextAt"]);
        migration.CreateIndex("ix_host_mails_to", "host_mails", ["To", "QueuedAt"]);
    }

    private static void Notifications(MigrationBuilder migration)
    {
        migration.CreateTable("host_notifications",
            t => new
            {
                Id = t.Column<Guid>(),
                PersonId = t.Column<Guid>(),
                Kind = t.Column<int>(),
                Detail = t.Column<int>(),
                SubjectId = t.Column<Guid>(),
                BundleId = t.Column<Guid>(),
                Title = t.Column<string>(maxLength: 200),
                Place = t.Column<string>(maxLength: 200),
                Note = t.Column<string>(nullable: true),
                Link = t.Column<string>(),
                At = t.Column<long>(),
                SeenAt = t.Column<long>(nullable: true),
                Pace = t.Column<int>(),
                MailId = t.Column<Guid>(nullable: true),
            },
            constraints: t => t.PrimaryKey("PK_host_notifications", n => n.Id));
        migration.CreateIndex("ix_host_notifications_tray", "host_notifications", ["PersonId", "At", "Id"]);
        migration.CreateIndex("ix_host_notifications_mail", "host_notifications", ["PersonId", "MailId", "Pace"]);
        migration.CreateIndex("ix_host_notifications_subject", "host_notifications", "SubjectId");
        migration.CreateIndex("ix_host_notifications_bundle", "host_notifications", "BundleId");
        migration.CreateIndex("ix_host_notifications_at", "host_notifications", "At");

        migration.CreateTable("host_trays",
            t => new
            {
                PersonId = t.Column<Guid>(),
                Unseen = t.Column<int>(),
                Number = t.Column<long>(),
                DailyAt = t.Column<long>(nullable: true),
                WeeklyAt = t.Column<long>(nullable: true),
            },
            constraints: t => t.PrimaryKey("PK_host_trays", r => r.PersonId));
        migration.CreateIndex("ix_host_trays_daily", "host_trays", ["DailyAt", "PersonId"]);
        migration.CreateIndex("ix_host_trays_weekly", "host_trays", ["WeeklyAt", "PersonId"]);

        migration.CreateTable("host_mail_choices",
            t => new { PersonId = t.Column<Guid>(), Kind = t.Column<int>(), Pace = t.Column<int>() },
            constraints: t => t.PrimaryKey("PK_host_mail_choices", c => new { c.PersonId, c.Kind }));
    }

    private static void Identity(MigrationBuilder migration)
    {
        migration.CreateTable("host_roles",
            t => new
            {
                Id = t.Column<Guid>(),
                Name = t.Column<string>(maxLength: 256, nullable: true),
                NormalizedName = t.Column<string>(maxLength: 256, nullable: true),
                ConcurrencyStamp = t.Column<string>(nullable: true),
            },
            constraints: t => t.PrimaryKey("PK_host_roles", r => r.Id));
        migration.CreateIndex("RoleNameIndex", "host_roles", "NormalizedName", unique: true);

        migration.CreateTable("host_users",
            t => new
            {
                Id = t.Column<Guid>(),
                Name = t.Column<string>(maxLength: 80),
                Hue = t.Column<string>(maxLength: 8),
                JoinedAt = t.Column<long>(),
                Language = t.Column<string>(maxLength: 2, nullable: true),
                Zone = t.Column<string>(maxLength: 64, nullable: true),
                UserName = t.Column<string>(maxLength: 256, nullable: true),
                NormalizedUserName = t.Column<string>(maxLength: 256, nullable: true),
                Email = t.Column<string>(maxLength: 256, nullable: true),
                NormalizedEmail = t.Column<string>(maxLength: 256, nullable: true),
                EmailConfirmed = t.Column<bool>(),
                PasswordHash = t.Column<string>(nullable: true),
                SecurityStamp = t.Column<string>(nullable: true),
                ConcurrencyStamp = t.Column<string>(nullable: true),
                PhoneNumber = t.Column<string>(maxLength: 256, nullable: true),
                PhoneNumberConfirmed = t.Column<bool>(),
                TwoFactorEnabled = t.Column<bool>(),
                LockoutEnd = t.Column<long>(nullable: true),
                LockoutEnabled = t.Column<bool>(),
                AccessFailedCount = t.Column<int>(),
            },
            constraints: t => t.PrimaryKey("PK_host_users", u => u.Id));
        migration.CreateIndex("EmailIndex", "host_users", "NormalizedEmail");
        migration.CreateIndex("UserNameIndex", "host_users", "NormalizedUserName", unique: true);

        migration.CreateTable("host_role_claims",
            t => new
            {
                Id = Numbered(t.Column<int>()),
                RoleId = t.Column<Guid>(),
                ClaimType = t.Column<string>(nullable: true),
                ClaimValue = t.Column<string>(nullable: true),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_host_role_claims", c => c.Id);
                t.ForeignKey("FK_host_role_claims_host_roles_RoleId", c => c.RoleId, "host_roles", "Id", onDelete: ReferentialAction.Cascade);
            });
        migration.CreateIndex("IX_host_role_claims_RoleId", "host_role_claims", "RoleId");

        migration.CreateTable("host_user_claims",
            t => new
            {
                Id = Numbered(t.Column<int>()),
                UserId = t.Column<Guid>(),
                ClaimType = t.Column<string>(nullable: true),
                ClaimValue = t.Column<string>(nullable: true),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_host_user_claims", c => c.Id);
                t.ForeignKey("FK_host_user_claims_host_users_UserId", c => c.UserId, "host_users", "Id", onDelete: ReferentialAction.Cascade);
            });
        migration.CreateIndex("IX_host_user_claims_UserId", "host_user_claims", "UserId");

        migration.CreateTable("host_user_logins",
            t => new
            {
                LoginProvider = t.Column<string>(maxLength: 128),
                ProviderKey = t.Column<string>(maxLength: 128),
                ProviderDisplayName = t.Column<string>(nullable: true),
                UserId = t.Column<Guid>(),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_host_user_logins", l => new { l.LoginProvider, l.ProviderKey });
                t.ForeignKey("FK_host_user_logins_host_users_UserId", l => l.UserId, "host_users", "Id", onDelete: ReferentialAction.Cascade);
            });
        migration.CreateIndex("IX_host_user_logins_UserId", "host_user_logins", "UserId");

        migration.CreateTable("host_user_passkeys",
            t => new
            {
                CredentialId = t.Column<byte[]>(maxLength: 1024),
                UserId = t.Column<Guid>(),
                Data = t.Column<string>(type: migration.IsNpgsql() ? "jsonb" : null),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_host_user_passkeys", p => p.CredentialId);
                t.ForeignKey("FK_host_user_passkeys_host_users_UserId", p => p.UserId, "host_users", "Id", onDelete: ReferentialAction.Cascade);
            });
        migration.CreateIndex("IX_host_user_passkeys_UserId", "host_user_passkeys", "UserId");

        migration.CreateTable("host_user_roles",
            t => new { UserId = t.Column<Guid>(), RoleId = t.Column<Guid>() },
            constraints: t =>
            {
                t.PrimaryKey("PK_host_user_roles", r => new { r.UserId, r.RoleId });
                t.ForeignKey("FK_host_user_roles_host_roles_RoleId", r => r.RoleId, "host_roles", "Id", onDelete: ReferentialAction.Cascade);
                t.ForeignKey("FK_host_user_roles_host_users_UserId", r => r.UserId, "host_users", "Id", onDelete: ReferentialAction.Cascade);
            });
        migration.CreateIndex("IX_host_user_roles_RoleId", "host_user_roles", "RoleId");

        migration.CreateTable("host_user_tokens",
            t => new
            {
                UserId = t.Column<Guid>(),
                LoginProvider = t.Column<string>(maxLength: 128),
                Name = t.Column<string>(maxLength: 128),
                Value = t.Column<string>(nullable: true),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_host_user_tokens", k => new { k.UserId, k.LoginProvider, k.Name });
                t.ForeignKey("FK_host_user_tokens_host_users_UserId", k => k.UserId, "host_users", "Id", onDelete: ReferentialAction.Cascade);
            });
    }

    private static OperationBuilder<AddColumnOperation> Numbered(OperationBuilder<AddColumnOperation> column) => column
        .Annotation("Sqlite:Autoincrement", true)
        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn);
}
