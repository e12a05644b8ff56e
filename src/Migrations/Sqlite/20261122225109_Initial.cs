using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shanhuo.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "market_agent_slip_lines",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    slip_id = table.Column<long>(type: "INTEGER", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    offer_id = table.Column<long>(type: "INTEGER", nullable: false),
                    units = table.Column<int>(type: "INTEGER", nullable: false),
                    goods = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_agent_slip_lines", x => new { x.county, x.slip_id, x.number });
                });

            migrationBuilder.CreateTable(
                name: "market_agent_slips",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    station_id = table.Column<long>(type: "INTEGER", nullable: false),
                    household_id = table.Column<long>(type: "INTEGER", nullable: false),
                    task = table.Column<string>(type: "TEXT", nullable: false),
                    goods = table.Column<long>(type: "INTEGER", nullable: false),
                    freight = table.Column<long>(type: "INTEGER", nullable: false),
                    fee = table.Column<long>(type: "INTEGER", nullable: false),
                    amount = table.Column<long>(type: "INTEGER", nullable: false),
                    phone_hidden = table.Column<string>(type: "TEXT", nullable: true),
                    operator_id = table.Column<long>(type: "INTEGER", nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    approval = table.Column<int>(type: "INTEGER", nullable: false),
                    approved_ms = table.Column<long>(type: "INTEGER", nullable: true),
                    evidence_id = table.Column<long>(type: "INTEGER", nullable: true),
                    wrong_codes = table.Column<int>(type: "INTEGER", nullable: false),
                    order_id = table.Column<long>(type: "INTEGER", nullable: true),
                    refused = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_agent_slips", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "market_agent_tasks",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    station_id = table.Column<long>(type: "INTEGER", nullable: false),
                    task = table.Column<string>(type: "TEXT", nullable: false),
                    cause_id = table.Column<long>(type: "INTEGER", nullable: false),
                    amount = table.Column<long>(type: "INTEGER", nullable: false),
                    fee = table.Column<long>(type: "INTEGER", nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_agent_tasks", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "market_agreement_deliveries",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    agreement_id = table.Column<long>(type: "INTEGER", nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    quantity = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_agreement_deliveries", x => new { x.county, x.agreement_id, x.day });
                });

            migrationBuilder.CreateTable(
                name: "market_agreement_households",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    agreement_id = table.Column<long>(type: "INTEGER", nullable: false),
                    household_id = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_agreement_households", x => new { x.county, x.agreement_id, x.household_id });
                });

            migrationBuilder.CreateTable(
                name: "market_agreement_prices",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    agreement_id = table.Column<long>(type: "INTEGER", nullable: false),
                    grade = table.Column<string>(type: "TEXT", nullable: false),
                    price = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_agreement_prices", x => new { x.county, x.agreement_id, x.grade });
                });

            migrationBuilder.CreateTable(
                name: "market_agreements",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    first_organisation_id = table.Column<long>(type: "INTEGER", nullable: false),
                    second_organisation_id = table.Column<long>(type: "INTEGER", nullable: true),
                    product_id = table.Column<long>(type: "INTEGER", nullable: true),
                    quantity = table.Column<long>(type: "INTEGER", nullable: false),
                    land_mu_hundredths = table.Column<long>(type: "INTEGER", nullable: false),
                    rent_per_mu = table.Column<long>(type: "INTEGER", nullable: false),
                    commission_ppm = table.Column<int>(type: "INTEGER", nullable: false),
                    from = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    until = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    deductions = table.Column<string>(type: "TEXT", nullable: true),
                    shortfall_bearer = table.Column<string>(type: "TEXT", nullable: false),
                    file_id = table.Column<long>(type: "INTEGER", nullable: true),
                    ended_day = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    ended_reason = table.Column<string>(type: "TEXT", nullable: true),
                    by_account_id = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_agreements", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "market_api_keys",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<long>(type: "INTEGER", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    role = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    hash = table.Column<string>(type: "TEXT", nullable: false),
                    tail = table.Column<string>(type: "TEXT", nullable: false),
                    rights = table.Column<int>(type: "INTEGER", nullable: false),
                    per_minute = table.Column<int>(type: "INTEGER", nullable: false),
                    by_account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    revoked_ms = table.Column<long>(type: "INTEGER", nullable: true),
                    revoked_by_account_id = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_api_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "market_api_requests",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    organisation_id = table.Column<long>(type: "INTEGER", nullable: false),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    said = table.Column<string>(type: "TEXT", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_api_requests", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "market_bank_transfers",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    payment_id = table.Column<long>(type: "INTEGER", nullable: false),
                    reference = table.Column<string>(type: "TEXT", nullable: false),
                    amount = table.Column<long>(type: "INTEGER", nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    first_account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    first_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    second_account_id = table.Column<long>(type: "INTEGER", nullable: true),
                    second_ms = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_bank_transfers", x => new { x.county, x.payment_id });
                });

            migrationBuilder.CreateTable(
                name: "market_billed_days",
                columns: table => new
                {
                    institution = table.Column<string>(type: "TEXT", nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_billed_days", x => x.institution);
                });

            migrationBuilder.CreateTable(
                name: "market_board_prices",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    product_id = table.Column<long>(type: "INTEGER", nullable: false),
                    grade = table.Column<string>(type: "TEXT", nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    price = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_board_prices", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "market_buyer_refunds",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    payment_id = table.Column<long>(type: "INTEGER", nullable: false),
                    order_id = table.Column<long>(type: "INTEGER", nullable: false),
                    number = table.Column<string>(type: "TEXT", nullable: false),
                    amount = table.Column<long>(type: "INTEGER", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    done_ms = table.Column<long>(type: "INTEGER", nullable: true),
                    released_account_id = table.Column<long>(type: "INTEGER", nullable: true),
                    tries = table.Column<int>(type: "INTEGER", nullable: false),
                    next_try_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_buyer_refunds", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "market_campaign_samples",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    campaign_id = table.Column<long>(type: "INTEGER", nullable: false),
                    lot_id = table.Column<long>(type: "INTEGER", nullable: false),
                    quantity = table.Column<long>(type: "INTEGER", nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    by_account_id = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_campaign_samples", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "market_campaigns",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    code = table.Column<string>(type: "TEXT", nullable: false),
                    title = table.Column<string>(type: "TEXT", nullable: false),
                    title_en = table.Column<string>(type: "TEXT", nullable: false),
                    story = table.Column<string>(type: "TEXT", nullable: false),
                    story_en = table.Column<string>(type: "TEXT", nullable: false),
                    host = table.Column<string>(type: "TEXT", nullable: false),
                    host_office = table.Column<string>(type: "TEXT", nullable: false),
                    from = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    until = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    commission_per_mille = table.Column<int>(type: "INTEGER", nullable: false),
                    by_account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    organisation_id = table.Column<long>(type: "INTEGER", nullable: true),
                    changed_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_campaigns", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "market_cash_papers",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    is_back = table.Column<bool>(type: "INTEGER", nullable: false),
                    cause_id = table.Column<long>(type: "INTEGER", nullable: false),
                    order_id = table.Column<long>(type: "INTEGER", nullable: false),
                    order_number = table.Column<string>(type: "TEXT", nullable: false),
                    number = table.Column<string>(type: "TEXT", nullable: false),
                    amount = table.Column<long>(type: "INTEGER", nullable: false),
                    reference = table.Column<string>(type: "TEXT", nullable: true),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    organisation_id = table.Column<long>(type: "INTEGER", nullable: true),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_cash_papers", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "market_cash_slips",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    station_id = table.Column<long>(type: "INTEGER", nullable: false),
                    payment_id = table.Column<long>(type: "INTEGER", nullable: false),
                    order_id = table.Column<long>(type: "INTEGER", nullable: false),
                    order_number = table.Column<string>(type: "TEXT", nullable: false),
                    number = table.Column<string>(type: "TEXT", nullable: false),
                    amount = table.Column<long>(type: "INTEGER", nullable: false),
                    operator_id = table.Column<long>(type: "INTEGER", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_cash_slips", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "market_certificates",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<long>(type: "INTEGER", nullable: false),
                    product_id = table.Column<long>(type: "INTEGER", nullable: true),
                    number = table.Column<string>(type: "TEXT", nullable: false),
                    from = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    until = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    revoked_day = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    by_account_id = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_certificates", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "market_channels",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    channel = table.Column<string>(type: "TEXT", nullable: false),
                    document = table.Column<string>(type: "TEXT", nullable: true),
                    due_days = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_channels", x => new { x.county, x.channel });
                });

            migrationBuilder.CreateTable(
                name: "market_claim_lines",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    claim_id = table.Column<long>(type: "INTEGER", nullable: false),
                    line_id = table.Column<long>(type: "INTEGER", nullable: false),
                    quantity = table.Column<long>(type: "INTEGER", nullable: false),
                    asked = table.Column<long>(type: "INTEGER", nullable: false),
                    granted = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_claim_lines", x => new { x.county, x.claim_id, x.line_id });
                });

            migrationBuilder.CreateTable(
                name: "market_claim_photos",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    claim_id = table.Column<long>(type: "INTEGER", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    content_type = table.Column<string>(type: "TEXT", nullable: false),
                    hidden = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_claim_photos", x => new { x.county, x.claim_id, x.number });
                });

            migrationBuilder.CreateTable(
                name: "market_claim_steps",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    claim_id = table.Column<long>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    words = table.Column<string>(type: "TEXT", nullable: false),
                    amount = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_claim_steps", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "market_claims",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    order_id = table.Column<long>(type: "INTEGER", nullable: false),
                    seller_id = table.Column<long>(type: "INTEGER", nullable: true),
                    station_id = table.Column<long>(type: "INTEGER", nullable: true),
                    reason = table.Column<string>(type: "TEXT", nullable: false),
                    words = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    asked_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    decide_by = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    returns = table.Column<bool>(type: "INTEGER", nullable: false),
                    return_by = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    return_waybill = table.Column<string>(type: "TEXT", nullable: true),
                    fault = table.Column<string>(type: "TEXT", nullable: true),
                    first_account_id = table.Column<long>(type: "INTEGER", nullable: true),
                    refused_why = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_claims", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "market_contract_papers",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    contract_id = table.Column<long>(type: "INTEGER", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    content_type = table.Column<string>(type: "TEXT", nullable: false),
                    hidden = table.Column<byte[]>(type: "BLOB", nullable: false),
                    by_account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_contract_papers", x => new { x.county, x.contract_id, x.number });
                });

            migrationBuilder.CreateTable(
                name: "market_contracts",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    quote_id = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    number = table.Column<string>(type: "TEXT", nullable: false),
                    order_id = table.Column<long>(type: "INTEGER", nullable: false),
                    zh_hidden = table.Column<string>(type: "TEXT", nullable: false),
                    en_hidden = table.Column<string>(type: "TEXT", nullable: false),
                    sha256 = table.Column<string>(type: "TEXT", nullable: false),
                    accepted_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_contracts", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "market_counter_sales",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    station_id = table.Column<long>(type: "INTEGER", nullable: false),
                    number = table.Column<string>(type: "TEXT", nullable: false),
                    lot = table.Column<string>(type: "TEXT", nullable: false),
                    quantity = table.Column<long>(type: "INTEGER", nullable: false),
                    price = table.Column<long>(type: "INTEGER", nullable: false),
                    sold_ms = table.Column<long>(type: "INTEGER", nullable: true),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    operator_id = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    order_id = table.Column<long>(type: "INTEGER", nullable: true),
                    why = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_counter_sales", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "market_deliveries",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    order_id = table.Column<long>(type: "INTEGER", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    mode = table.Column<int>(type: "INTEGER", nullable: false),
                    pickup_id = table.Column<long>(type: "INTEGER", nullable: true),
                    name_hidden = table.Column<string>(type: "TEXT", nullable: false),
                    phone_hidden = table.Column<string>(type: "TEXT", nullable: false),
                    address_hidden = table.Column<string>(type: "TEXT", nullable: false),
                    phone_mask = table.Column<string>(type: "TEXT", nullable: false),
                    phone_key = table.Column<string>(type: "TEXT", nullable: false),
                    buyer_account_id = table.Column<long>(type: "INTEGER", nullable: true),
                    zone = table.Column<string>(type: "TEXT", nullable: false),
                    province = table.Column<string>(type: "TEXT", nullable: true),
                    promised_day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    carrier = table.Column<string>(type: "TEXT", nullable: true),
                    waybill = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_deliveries", x => new { x.county, x.order_id });
                });

            migrationBuilder.CreateTable(
                name: "market_delivery_looks",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    order_id = table.Column<long>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_delivery_looks", x => new { x.county, x.order_id, x.account_id });
                });

            migrationBuilder.CreateTable(
                name: "market_entered_waybills",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    order_id = table.Column<long>(type: "INTEGER", nullable: false),
                    carrier = table.Column<string>(type: "TEXT", nullable: false),
                    waybill = table.Column<string>(type: "TEXT", nullable: false),
                    by_account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_entered_waybills", x => new { x.county, x.order_id });
                });

            migrationBuilder.CreateTable(
                name: "market_epcis_captures",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    created_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    finished_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    proceeds = table.Column<bool>(type: "INTEGER", nullable: false),
                    success = table.Column<bool>(type: "INTEGER", nullable: false),
                    events = table.Column<int>(type: "INTEGER", nullable: false),
                    added = table.Column<int>(type: "INTEGER", nullable: false),
                    errors = table.Column<string>(type: "TEXT", nullable: false),
                    by_organisation_id = table.Column<long>(type: "INTEGER", nullable: true),
                    by_account_id = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_epcis_captures", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "market_epcis_epcs",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    epc = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    event_row_id = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_epcis_epcs", x => new { x.county, x.epc, x.event_row_id });
                });

            migrationBuilder.CreateTable(
                name: "market_epcis_events",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    event_id = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    declares_error = table.Column<bool>(type: "INTEGER", nullable: false),
                    hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    document = table.Column<string>(type: "TEXT", nullable: false),
                    event_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    recorded_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    by_organisation_id = table.Column<long>(type: "INTEGER", nullable: true),
                    capture_id = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_epcis_events", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "market_epcis_ids",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    event_id = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    declares_error = table.Column<bool>(type: "INTEGER", nullable: false),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    row_id = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_epcis_ids", x => new { x.county, x.event_id, x.declares_error });
                });

            migrationBuilder.CreateTable(
                name: "market_evidence",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    content_type = table.Column<string>(type: "TEXT", nullable: false),
                    content = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_evidence", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "market_fake_photos",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    report_id = table.Column<long>(type: "INTEGER", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    content_type = table.Column<string>(type: "TEXT", nullable: false),
                    hidden = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_fake_photos", x => new { x.county, x.report_id, x.number });
                });

            migrationBuilder.CreateTable(
                name: "market_fake_reports",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    seller_id = table.Column<long>(type: "INTEGER", nullable: true),
                    lot_id = table.Column<long>(type: "INTEGER", nullable: true),
                    lot_code = table.Column<string>(type: "TEXT", nullable: true),
                    offer_id = table.Column<long>(type: "INTEGER", nullable: true),
                    order_id = table.Column<long>(type: "INTEGER", nullable: true),
                    words = table.Column<string>(type: "TEXT", nullable: false),
                    phone_hidden = table.Column<string>(type: "TEXT", nullable: true),
                    phone_mask = table.Column<string>(type: "TEXT", nullable: true),
                    from_key = table.Column<string>(type: "TEXT", nullable: false),
                    from_number = table.Column<int>(type: "INTEGER", nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    due_day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    outcome = table.Column<int>(type: "INTEGER", nullable: false),
                    answer = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_fake_reports", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "market_fake_steps",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    report_id = table.Column<long>(type: "INTEGER", nullable: false),
                    outcome = table.Column<int>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    words = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_fake_steps", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "market_freight_tariffs",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    document = table.Column<string>(type: "TEXT", nullable: true),
                    from = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    by_account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_freight_tariffs", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "market_grades",
                columns: table => new
                {
                    product_id = table.Column<long>(type: "INTEGER", nullable: false),
                    code = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    name_en = table.Column<string>(type: "TEXT", nullable: false),
                    standard = table.Column<string>(type: "TEXT", nullable: false),
                    standard_en = table.Column<string>(type: "TEXT", nullable: false),
                    rank = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_grades", x => new { x.product_id, x.code });
                });

            migrationBuilder.CreateTable(
                name: "market_gs1_parties",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    organisation_id = table.Column<long>(type: "INTEGER", nullable: false),
                    prefix = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    gln = table.Column<string>(type: "TEXT", maxLength: 13, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_gs1_parties", x => new { x.county, x.organisation_id });
                });

            migrationBuilder.CreateTable(
                name: "market_gtins",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    product_id = table.Column<long>(type: "INTEGER", nullable: false),
                    organisation_id = table.Column<long>(type: "INTEGER", nullable: false),
                    gtin = table.Column<string>(type: "TEXT", maxLength: 14, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_gtins", x => new { x.county, x.product_id, x.organisation_id });
                });

            migrationBuilder.CreateTable(
                name: "market_hook_messages",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    organisation_id = table.Column<long>(type: "INTEGER", nullable: false),
                    hook_id = table.Column<long>(type: "INTEGER", nullable: false),
                    type = table.Column<string>(type: "TEXT", nullable: false),
                    order_number = table.Column<string>(type: "TEXT", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    tries = table.Column<int>(type: "INTEGER", nullable: false),
                    next_try_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    done_ms = table.Column<long>(type: "INTEGER", nullable: true),
                    last_status = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_hook_messages", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "market_hooks",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    organisation_id = table.Column<long>(type: "INTEGER", nullable: false),
                    url = table.Column<string>(type: "TEXT", nullable: false),
                    open_url = table.Column<string>(type: "TEXT", nullable: true),
                    secret_hidden = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_hooks", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "market_import_files",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    run_id = table.Column<long>(type: "INTEGER", nullable: false),
                    content = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_import_files", x => new { x.county, x.run_id });
                });

            migrationBuilder.CreateTable(
                name: "market_import_refusals",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    run_id = table.Column<long>(type: "INTEGER", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    sheet = table.Column<string>(type: "TEXT", nullable: true),
                    row = table.Column<int>(type: "INTEGER", nullable: false),
                    column = table.Column<string>(type: "TEXT", nullable: false),
                    code = table.Column<string>(type: "TEXT", nullable: false),
                    arguments = table.Column<string>(type: "TEXT", nullable: false),
                    order_number = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_import_refusals", x => new { x.county, x.run_id, x.number });
                });

            migrationBuilder.CreateTable(
                name: "market_import_runs",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    channel = table.Column<string>(type: "TEXT", nullable: false),
                    file_name = table.Column<string>(type: "TEXT", nullable: false),
                    file_hash = table.Column<string>(type: "TEXT", nullable: false),
                    by_account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    mapping = table.Column<string>(type: "TEXT", nullable: false),
                    orders = table.Column<int>(type: "INTEGER", nullable: false),
                    orders_done = table.Column<int>(type: "INTEGER", nullable: false),
                    added = table.Column<int>(type: "INTEGER", nullable: false),
                    changed = table.Column<int>(type: "INTEGER", nullable: false),
                    unchanged = table.Column<int>(type: "INTEGER", nullable: false),
                    waiting = table.Column<int>(type: "INTEGER", nullable: false),
                    left_out = table.Column<int>(type: "INTEGER", nullable: false),
                    refused = table.Column<int>(type: "INTEGER", nullable: false),
                    formula_cells = table.Column<int>(type: "INTEGER", nullable: false),
                    hidden_rows = table.Column<int>(type: "INTEGER", nullable: false),
                    hidden_sheets = table.Column<string>(type: "TEXT", nullable: false),
                    finished_ms = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_import_runs", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "market_intakes",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    station_id = table.Column<long>(type: "INTEGER", nullable: false),
                    household_id = table.Column<long>(type: "INTEGER", nullable: false),
                    product_id = table.Column<long>(type: "INTEGER", nullable: false),
                    grade = table.Column<string>(type: "TEXT", nullable: false),
                    manner = table.Column<int>(type: "INTEGER", nullable: false),
                    buyer_organisation_id = table.Column<long>(type: "INTEGER", nullable: true),
                    cooperative_id = table.Column<long>(type: "INTEGER", nullable: true),
                    advance = table.Column<long>(type: "INTEGER", nullable: false),
                    net = table.Column<long>(type: "INTEGER", nullable: false),
                    deduction = table.Column<long>(type: "INTEGER", nullable: false),
                    deduction_ppm = table.Column<int>(type: "INTEGER", nullable: true),
                    deduction_reason = table.Column<string>(type: "TEXT", nullable: true),
                    pieces = table.Column<long>(type: "INTEGER", nullable: false),
                    price = table.Column<long>(type: "INTEGER", nullable: false),
                    price_reason = table.Column<string>(type: "TEXT", nullable: true),
                    agreement_id = table.Column<long>(type: "INTEGER", nullable: true),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    received_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    operator_id = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    approval = table.Column<int>(type: "INTEGER", nullable: false),
                    approved_ms = table.Column<long>(type: "INTEGER", nullable: true),
                    evidence_id = table.Column<long>(type: "INTEGER", nullable: true),
                    wrong_codes = table.Column<int>(type: "INTEGER", nullable: false),
                    cancel_reason = table.Column<string>(type: "TEXT", nullable: true),
                    lot_id = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_intakes", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "market_invoice_issues",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    invoice_id = table.Column<long>(type: "INTEGER", nullable: false),
                    number = table.Column<string>(type: "TEXT", nullable: false),
                    amount = table.Column<long>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_invoice_issues", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "market_invoices",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    seller_id = table.Column<long>(type: "INTEGER", nullable: false),
                    order_id = table.Column<long>(type: "INTEGER", nullable: false),
                    title_hidden = table.Column<string>(type: "TEXT", nullable: false),
                    tax_number = table.Column<string>(type: "TEXT", nullable: false),
                    contact_hidden = table.Column<string>(type: "TEXT", nullable: false),
                    contact_mask = table.Column<string>(type: "TEXT", nullable: false),
                    asked_day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    number = table.Column<string>(type: "TEXT", nullable: true),
                    issued = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_invoices", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "market_line_weights",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    line_id = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ordered_grams = table.Column<long>(type: "INTEGER", nullable: false),
                    actual_grams = table.Column<long>(type: "INTEGER", nullable: false),
                    paid = table.Column<long>(type: "INTEGER", nullable: false),
                    goods = table.Column<long>(type: "INTEGER", nullable: false),
                    by_account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_line_weights", x => new { x.county, x.line_id });
                });

            migrationBuilder.CreateTable(
                name: "market_lot_growers",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    lot_id = table.Column<long>(type: "INTEGER", nullable: false),
                    household_id = table.Column<long>(type: "INTEGER", nullable: false),
                    village = table.Column<long>(type: "INTEGER", nullable: false),
                    quantity = table.Column<long>(type: "INTEGER", nullable: false),
                    value = table.Column<long>(type: "INTEGER", nullable: false),
                    contract_value = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_lot_growers", x => new { x.county, x.lot_id, x.household_id, x.village });
                });

            migrationBuilder.CreateTable(
                name: "market_lot_makings",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    place_id = table.Column<long>(type: "INTEGER", nullable: false),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    taken_in = table.Column<long>(type: "INTEGER", nullable: false),
                    came_out = table.Column<long>(type: "INTEGER", nullable: false),
                    first_lot_id = table.Column<long>(type: "INTEGER", nullable: false),
                    note = table.Column<string>(type: "TEXT", nullable: true),
                    by_account_id = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_lot_makings", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "market_lot_moves",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    lot_id = table.Column<long>(type: "INTEGER", nullable: false),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    quantity = table.Column<long>(type: "INTEGER", nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    cause_id = table.Column<long>(type: "INTEGER", nullable: true),
                    note = table.Column<string>(type: "TEXT", nullable: true),
                    by_account_id = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_lot_moves", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "market_lot_numbers",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    last = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_lot_numbers", x => x.county);
                });

            migrationBuilder.CreateTable(
                name: "market_lot_recalls",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    lot_id = table.Column<long>(type: "INTEGER", nullable: false),
                    lot_code = table.Column<string>(type: "TEXT", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: false),
                    asked_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    asked_account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    second_account_id = table.Column<long>(type: "INTEGER", nullable: true),
                    in_force_ms = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_lot_recalls", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "market_lots",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    code = table.Column<string>(type: "TEXT", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    place_id = table.Column<long>(type: "INTEGER", nullable: false),
                    product_id = table.Column<long>(type: "INTEGER", nullable: false),
                    grade = table.Column<string>(type: "TEXT", nullable: false),
                    cooperative_id = table.Column<long>(type: "INTEGER", nullable: true),
                    enterprise_id = table.Column<long>(type: "INTEGER", nullable: true),
                    intake_station_id = table.Column<long>(type: "INTEGER", nullable: true),
                    bought_by = table.Column<string>(type: "TEXT", nullable: true),
                    manner = table.Column<int>(type: "INTEGER", nullable: false),
                    agreement_id = table.Column<long>(type: "INTEGER", nullable: true),
                    open_key = table.Column<string>(type: "TEXT", nullable: true),
                    opened_day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    best_before = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    sealed_day = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    closed_day = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    recall_id = table.Column<long>(type: "INTEGER", nullable: true),
                    available = table.Column<long>(type: "INTEGER", nullable: false),
                    taken_in = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_lots", x => new { x.county, x.id });
                    table.CheckConstraint("ck_market_lots_available", "available >= 0");
                });

            migrationBuilder.CreateTable(
                name: "market_offers",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    code = table.Column<string>(type: "TEXT", nullable: false),
                    product_id = table.Column<long>(type: "INTEGER", nullable: false),
                    grade = table.Column<string>(type: "TEXT", nullable: true),
                    seller_id = table.Column<long>(type: "INTEGER", nullable: false),
                    lot_id = table.Column<long>(type: "INTEGER", nullable: true),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    title = table.Column<string>(type: "TEXT", nullable: false),
                    title_en = table.Column<string>(type: "TEXT", nullable: false),
                    words = table.Column<string>(type: "TEXT", nullable: false),
                    words_en = table.Column<string>(type: "TEXT", nullable: false),
                    per_unit = table.Column<long>(type: "INTEGER", nullable: false),
                    price = table.Column<long>(type: "INTEGER", nullable: false),
                    by_weight = table.Column<bool>(type: "INTEGER", nullable: false),
                    opens_ms = table.Column<long>(type: "INTEGER", nullable: true),
                    closes_ms = table.Column<long>(type: "INTEGER", nullable: true),
                    cap = table.Column<long>(type: "INTEGER", nullable: true),
                    sold = table.Column<long>(type: "INTEGER", nullable: false),
                    most_per_order = table.Column<int>(type: "INTEGER", nullable: false),
                    minimum = table.Column<long>(type: "INTEGER", nullable: true),
                    round = table.Column<int>(type: "INTEGER", nullable: false),
                    harvest = table.Column<bool>(type: "INTEGER", nullable: false),
                    deliver_from = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    deliver_until = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    deposit_ppm = table.Column<int>(type: "INTEGER", nullable: true),
                    guarantee_id = table.Column<long>(type: "INTEGER", nullable: true),
                    guarantor = table.Column<string>(type: "TEXT", nullable: false),
                    commission_ppm = table.Column<int>(type: "INTEGER", nullable: false),
                    campaign = table.Column<string>(type: "TEXT", nullable: true),
                    pickup_id = table.Column<long>(type: "INTEGER", nullable: true),
                    review_count = table.Column<long>(type: "INTEGER", nullable: false),
                    review_stars = table.Column<long>(type: "INTEGER", nullable: false),
                    reviews_hidden = table.Column<long>(type: "INTEGER", nullable: false),
                    by_account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    changed_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_offers", x => new { x.county, x.id });
                    table.CheckConstraint("ck_market_offers_cap", "sold >= 0 and (cap is null or sold <= cap)");
                    table.CheckConstraint("ck_market_offers_reviews", "reviews_hidden >= 0 and review_stars between review_count and 5 * review_count");
                });

            migrationBuilder.CreateTable(
                name: "market_order_lines",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    order_id = table.Column<long>(type: "INTEGER", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    product_id = table.Column<long>(type: "INTEGER", nullable: false),
                    lot_id = table.Column<long>(type: "INTEGER", nullable: true),
                    grams = table.Column<long>(type: "INTEGER", nullable: false),
                    pieces = table.Column<long>(type: "INTEGER", nullable: false),
                    goods = table.Column<long>(type: "INTEGER", nullable: false),
                    freight = table.Column<long>(type: "INTEGER", nullable: false),
                    packaging = table.Column<long>(type: "INTEGER", nullable: false),
                    processing = table.Column<long>(type: "INTEGER", nullable: false),
                    commission = table.Column<long>(type: "INTEGER", nullable: false),
                    promotion = table.Column<long>(type: "INTEGER", nullable: false),
                    merchant_discount = table.Column<long>(type: "INTEGER", nullable: false),
                    platform_subsidy = table.Column<long>(type: "INTEGER", nullable: false),
                    seller_code = table.Column<string>(type: "TEXT", nullable: true),
                    channel_line = table.Column<string>(type: "TEXT", nullable: false),
                    units = table.Column<long>(type: "INTEGER", nullable: false),
                    offer_id = table.Column<long>(type: "INTEGER", nullable: true),
                    grade = table.Column<string>(type: "TEXT", nullable: true),
                    waits = table.Column<int>(type: "INTEGER", nullable: false),
                    due_day = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    is_settled = table.Column<bool>(type: "INTEGER", nullable: false),
                    return_until = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_order_lines", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "market_orders",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    channel = table.Column<string>(type: "TEXT", nullable: false),
                    number = table.Column<string>(type: "TEXT", nullable: false),
                    station_id = table.Column<long>(type: "INTEGER", nullable: true),
                    seller_id = table.Column<long>(type: "INTEGER", nullable: true),
                    campaign = table.Column<string>(type: "TEXT", nullable: true),
                    buyer = table.Column<string>(type: "TEXT", nullable: false),
                    placed_day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    shipped_day = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    delivered_day = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    received_day = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    parcels = table.Column<int>(type: "INTEGER", nullable: false),
                    scheme_version_id = table.Column<long>(type: "INTEGER", nullable: true),
                    is_waiting = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_orders", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "market_packing_scans",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    channel = table.Column<string>(type: "TEXT", nullable: false),
                    number = table.Column<string>(type: "TEXT", nullable: false),
                    lot_id = table.Column<long>(type: "INTEGER", nullable: false),
                    by_account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_packing_scans", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "market_pavilions",
                columns: table => new
                {
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    name_en = table.Column<string>(type: "TEXT", nullable: false),
                    story = table.Column<string>(type: "TEXT", nullable: false),
                    story_en = table.Column<string>(type: "TEXT", nullable: false),
                    merchant = table.Column<string>(type: "TEXT", nullable: false),
                    licence = table.Column<string>(type: "TEXT", nullable: false),
                    phone = table.Column<string>(type: "TEXT", nullable: false),
                    changed_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_pavilions", x => x.area);
                });

            migrationBuilder.CreateTable(
                name: "market_payment_notices",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    institution = table.Column<string>(type: "TEXT", nullable: false),
                    notification_id = table.Column<string>(type: "TEXT", nullable: false),
                    payment_number = table.Column<string>(type: "TEXT", nullable: false),
                    refused = table.Column<string>(type: "TEXT", nullable: true),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_payment_notices", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "market_payments",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    order_id = table.Column<long>(type: "INTEGER", nullable: false),
                    part = table.Column<int>(type: "INTEGER", nullable: false),
                    method = table.Column<string>(type: "TEXT", nullable: false),
                    number = table.Column<string>(type: "TEXT", nullable: false),
                    amount = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    transaction_id = table.Column<string>(type: "TEXT", nullable: true),
                    created_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    pay_until_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    paid_ms = table.Column<long>(type: "INTEGER", nullable: true),
                    frozen = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_payments", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "market_pictures",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    owner_kind = table.Column<int>(type: "INTEGER", nullable: false),
                    owner_id = table.Column<long>(type: "INTEGER", nullable: false),
                    position = table.Column<int>(type: "INTEGER", nullable: false),
                    alt_zh = table.Column<string>(type: "TEXT", nullable: false),
                    alt_en = table.Column<string>(type: "TEXT", nullable: false),
                    width = table.Column<int>(type: "INTEGER", nullable: false),
                    height = table.Column<int>(type: "INTEGER", nullable: false),
                    modern = table.Column<string>(type: "TEXT", nullable: false),
                    bytes320 = table.Column<int>(type: "INTEGER", nullable: false),
                    bytes640 = table.Column<int>(type: "INTEGER", nullable: false),
                    bytes1280 = table.Column<int>(type: "INTEGER", nullable: false),
                    jpeg320 = table.Column<int>(type: "INTEGER", nullable: false),
                    jpeg640 = table.Column<int>(type: "INTEGER", nullable: false),
                    jpeg1280 = table.Column<int>(type: "INTEGER", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    added_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    organisation_id = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_pictures", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "market_platform_statement_lines",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    statement_id = table.Column<long>(type: "INTEGER", nullable: false),
                    row = table.Column<int>(type: "INTEGER", nullable: false),
                    channel = table.Column<string>(type: "TEXT", nullable: false),
                    number = table.Column<string>(type: "TEXT", nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    paid_out = table.Column<long>(type: "INTEGER", nullable: false),
                    commission = table.Column<long>(type: "INTEGER", nullable: false),
                    service = table.Column<long>(type: "INTEGER", nullable: false),
                    promotion = table.Column<long>(type: "INTEGER", nullable: false),
                    freight = table.Column<long>(type: "INTEGER", nullable: false),
                    other = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_platform_statement_lines", x => new { x.county, x.statement_id, x.row });
                });

            migrationBuilder.CreateTable(
                name: "market_platform_statements",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    channel = table.Column<string>(type: "TEXT", nullable: false),
                    file_name = table.Column<string>(type: "TEXT", nullable: false),
                    file_hash = table.Column<string>(type: "TEXT", nullable: false),
                    orders = table.Column<int>(type: "INTEGER", nullable: false),
                    paid_out = table.Column<long>(type: "INTEGER", nullable: false),
                    deducted = table.Column<long>(type: "INTEGER", nullable: false),
                    by_account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_platform_statements", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "market_price_weeks",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    product_id = table.Column<long>(type: "INTEGER", nullable: false),
                    week = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    lot_id = table.Column<long>(type: "INTEGER", nullable: false),
                    channel = table.Column<string>(type: "TEXT", nullable: false),
                    price = table.Column<long>(type: "INTEGER", nullable: false),
                    quantity = table.Column<long>(type: "INTEGER", nullable: false),
                    goods = table.Column<long>(type: "INTEGER", nullable: false),
                    lines = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_price_weeks", x => new { x.county, x.product_id, x.week, x.lot_id, x.channel, x.price });
                });

            migrationBuilder.CreateTable(
                name: "market_products",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    code = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    name_en = table.Column<string>(type: "TEXT", nullable: false),
                    by_piece = table.Column<bool>(type: "INTEGER", nullable: false),
                    piece_name = table.Column<string>(type: "TEXT", nullable: true),
                    piece_name_en = table.Column<string>(type: "TEXT", nullable: true),
                    return_days = table.Column<int>(type: "INTEGER", nullable: false),
                    shelf_days = table.Column<int>(type: "INTEGER", nullable: false),
                    drawing = table.Column<string>(type: "TEXT", nullable: false),
                    category = table.Column<string>(type: "TEXT", nullable: false),
                    piece_grams = table.Column<long>(type: "INTEGER", nullable: false),
                    cold = table.Column<bool>(type: "INTEGER", nullable: false),
                    season_from = table.Column<int>(type: "INTEGER", nullable: false),
                    season_until = table.Column<int>(type: "INTEGER", nullable: false),
                    variety = table.Column<string>(type: "TEXT", nullable: false),
                    variety_en = table.Column<string>(type: "TEXT", nullable: false),
                    brand = table.Column<string>(type: "TEXT", nullable: false),
                    story = table.Column<string>(type: "TEXT", nullable: false),
                    story_en = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_products", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "market_quotation_lines",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    quotation_id = table.Column<long>(type: "INTEGER", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    offer_id = table.Column<long>(type: "INTEGER", nullable: false),
                    units = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_quotation_lines", x => new { x.county, x.quotation_id, x.number });
                });

            migrationBuilder.CreateTable(
                name: "market_quotations",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    quote_id = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    seller_id = table.Column<long>(type: "INTEGER", nullable: false),
                    freight = table.Column<long>(type: "INTEGER", nullable: false),
                    deposit_ppm = table.Column<int>(type: "INTEGER", nullable: true),
                    method = table.Column<string>(type: "TEXT", nullable: false),
                    deliver_from = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    deliver_until = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    valid_until = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    pay_to = table.Column<string>(type: "TEXT", nullable: false),
                    terms = table.Column<string>(type: "TEXT", nullable: false),
                    by_account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_quotations", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "market_quote_requests",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    seller_id = table.Column<long>(type: "INTEGER", nullable: true),
                    offer_id = table.Column<long>(type: "INTEGER", nullable: true),
                    product_id = table.Column<long>(type: "INTEGER", nullable: false),
                    grade = table.Column<string>(type: "TEXT", nullable: true),
                    quantity = table.Column<long>(type: "INTEGER", nullable: false),
                    wanted_day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    organisation = table.Column<string>(type: "TEXT", nullable: false),
                    contact_hidden = table.Column<string>(type: "TEXT", nullable: false),
                    phone_hidden = table.Column<string>(type: "TEXT", nullable: false),
                    address_hidden = table.Column<string>(type: "TEXT", nullable: false),
                    phone_mask = table.Column<string>(type: "TEXT", nullable: false),
                    phone_key = table.Column<string>(type: "TEXT", nullable: false),
                    province = table.Column<string>(type: "TEXT", nullable: false),
                    words = table.Column<string>(type: "TEXT", nullable: false),
                    asked_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    versions = table.Column<int>(type: "INTEGER", nullable: false),
                    accepted_version = table.Column<int>(type: "INTEGER", nullable: true),
                    order_id = table.Column<long>(type: "INTEGER", nullable: true),
                    contract_id = table.Column<long>(type: "INTEGER", nullable: true),
                    declined_why = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_quote_requests", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "market_recall_calls",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    recall_id = table.Column<long>(type: "INTEGER", nullable: false),
                    order_id = table.Column<long>(type: "INTEGER", nullable: false),
                    lots = table.Column<string>(type: "TEXT", nullable: false),
                    quantity = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_recall_calls", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "market_recall_marks",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    call_id = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_recall_marks", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "market_refund_claims",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    line_id = table.Column<long>(type: "INTEGER", nullable: false),
                    amount = table.Column<long>(type: "INTEGER", nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    fault = table.Column<string>(type: "TEXT", nullable: true),
                    fault_household_id = table.Column<long>(type: "INTEGER", nullable: true),
                    reason = table.Column<string>(type: "TEXT", nullable: true),
                    is_settled = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_refund_claims", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "market_reviews",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    seller_id = table.Column<long>(type: "INTEGER", nullable: false),
                    offer_id = table.Column<long>(type: "INTEGER", nullable: false),
                    order_id = table.Column<long>(type: "INTEGER", nullable: false),
                    line_id = table.Column<long>(type: "INTEGER", nullable: false),
                    lot_id = table.Column<long>(type: "INTEGER", nullable: true),
                    lot_code = table.Column<string>(type: "TEXT", nullable: true),
                    stars = table.Column<int>(type: "INTEGER", nullable: false),
                    words = table.Column<string>(type: "TEXT", nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    answer = table.Column<string>(type: "TEXT", nullable: true),
                    answered_ms = table.Column<long>(type: "INTEGER", nullable: true),
                    answer_account_id = table.Column<long>(type: "INTEGER", nullable: true),
                    hidden_ms = table.Column<long>(type: "INTEGER", nullable: true),
                    hidden_account_id = table.Column<long>(type: "INTEGER", nullable: true),
                    hidden_why = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_reviews", x => new { x.county, x.id });
                    table.CheckConstraint("ck_market_reviews_stars", "stars between 1 and 5");
                });

            migrationBuilder.CreateTable(
                name: "market_seller_codes",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    channel = table.Column<string>(type: "TEXT", nullable: false),
                    code = table.Column<string>(type: "TEXT", nullable: false),
                    product_id = table.Column<long>(type: "INTEGER", nullable: false),
                    grade = table.Column<string>(type: "TEXT", nullable: true),
                    per_unit = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_seller_codes", x => new { x.county, x.channel, x.code });
                });

            migrationBuilder.CreateTable(
                name: "market_standing_days",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    standing_order_id = table.Column<long>(type: "INTEGER", nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    order_id = table.Column<long>(type: "INTEGER", nullable: true),
                    why = table.Column<string>(type: "TEXT", nullable: true),
                    figure = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_standing_days", x => new { x.county, x.standing_order_id, x.day });
                });

            migrationBuilder.CreateTable(
                name: "market_standing_orders",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    seller_id = table.Column<long>(type: "INTEGER", nullable: false),
                    quote_id = table.Column<long>(type: "INTEGER", nullable: false),
                    organisation = table.Column<string>(type: "TEXT", nullable: false),
                    offer_id = table.Column<long>(type: "INTEGER", nullable: false),
                    units = table.Column<int>(type: "INTEGER", nullable: false),
                    ceiling = table.Column<long>(type: "INTEGER", nullable: true),
                    every_days = table.Column<int>(type: "INTEGER", nullable: false),
                    weekdays = table.Column<int>(type: "INTEGER", nullable: false),
                    from = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    until = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    freight = table.Column<long>(type: "INTEGER", nullable: false),
                    deposit_ppm = table.Column<int>(type: "INTEGER", nullable: true),
                    method = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    next_day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    by_account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    accepted_ms = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_standing_orders", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "market_suppliers",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    licence = table.Column<string>(type: "TEXT", nullable: false),
                    phone = table.Column<string>(type: "TEXT", nullable: false),
                    name_key = table.Column<string>(type: "TEXT", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: false),
                    asked_by_account_id = table.Column<long>(type: "INTEGER", nullable: true),
                    decided_by_account_id = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_suppliers", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "market_supplies",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    slip_id = table.Column<long>(type: "INTEGER", nullable: false),
                    supplier_id = table.Column<long>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    goods = table.Column<string>(type: "TEXT", nullable: false),
                    proof_id = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_supplies", x => new { x.county, x.slip_id });
                });

            migrationBuilder.CreateTable(
                name: "market_supply_reports",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    household_id = table.Column<long>(type: "INTEGER", nullable: false),
                    station_id = table.Column<long>(type: "INTEGER", nullable: false),
                    slip_id = table.Column<long>(type: "INTEGER", nullable: false),
                    evidence_id = table.Column<long>(type: "INTEGER", nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    due_day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    finding = table.Column<string>(type: "TEXT", nullable: true),
                    refund = table.Column<long>(type: "INTEGER", nullable: false),
                    note = table.Column<string>(type: "TEXT", nullable: false),
                    closed_day = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    closed_by_account_id = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_supply_reports", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "market_trace_addresses",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    @base = table.Column<string>(name: "base", type: "TEXT", maxLength: 100, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_trace_addresses", x => x.county);
                });

            migrationBuilder.CreateTable(
                name: "market_unit_targets",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    year = table.Column<int>(type: "INTEGER", nullable: false),
                    unit = table.Column<string>(type: "TEXT", nullable: false),
                    amount = table.Column<long>(type: "INTEGER", nullable: false),
                    by_account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_unit_targets", x => new { x.county, x.year, x.unit });
                });

            migrationBuilder.CreateTable(
                name: "market_videos",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    owner_kind = table.Column<int>(type: "INTEGER", nullable: false),
                    owner_id = table.Column<long>(type: "INTEGER", nullable: false),
                    bytes = table.Column<int>(type: "INTEGER", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    added_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    organisation_id = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_videos", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "market_weighings",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    intake_id = table.Column<long>(type: "INTEGER", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    gross = table.Column<long>(type: "INTEGER", nullable: false),
                    tare = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_market_weighings", x => new { x.county, x.intake_id, x.number });
                });

            migrationBuilder.CreateTable(
                name: "registry_account_claims",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    user_id = table.Column<long>(type: "INTEGER", nullable: false),
                    claim_type = table.Column<string>(type: "TEXT", nullable: true),
                    claim_value = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_account_claims", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "registry_account_logins",
                columns: table => new
                {
                    login_provider = table.Column<string>(type: "TEXT", nullable: false),
                    provider_key = table.Column<string>(type: "TEXT", nullable: false),
                    provider_display_name = table.Column<string>(type: "TEXT", nullable: true),
                    user_id = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_account_logins", x => new { x.login_provider, x.provider_key });
                });

            migrationBuilder.CreateTable(
                name: "registry_account_tokens",
                columns: table => new
                {
                    user_id = table.Column<long>(type: "INTEGER", nullable: false),
                    login_provider = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    value = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_account_tokens", x => new { x.user_id, x.login_provider, x.name });
                });

            migrationBuilder.CreateTable(
                name: "registry_accounts",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    display_name = table.Column<string>(type: "TEXT", nullable: false),
                    role = table.Column<string>(type: "TEXT", nullable: false),
                    scope_area = table.Column<long>(type: "INTEGER", nullable: false),
                    organisation_id = table.Column<long>(type: "INTEGER", nullable: true),
                    household_id = table.Column<long>(type: "INTEGER", nullable: true),
                    user_name = table.Column<string>(type: "TEXT", nullable: true),
                    normalized_user_name = table.Column<string>(type: "TEXT", nullable: true),
                    email = table.Column<string>(type: "TEXT", nullable: true),
                    normalized_email = table.Column<string>(type: "TEXT", nullable: true),
                    email_confirmed = table.Column<bool>(type: "INTEGER", nullable: false),
                    password_hash = table.Column<string>(type: "TEXT", nullable: true),
                    security_stamp = table.Column<string>(type: "TEXT", nullable: true),
                    concurrency_stamp = table.Column<string>(type: "TEXT", nullable: true),
                    phone_number = table.Column<string>(type: "TEXT", nullable: true),
                    phone_number_confirmed = table.Column<bool>(type: "INTEGER", nullable: false),
                    two_factor_enabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    lockout_end = table.Column<long>(type: "INTEGER", nullable: true),
                    lockout_enabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    access_failed_count = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_accounts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "registry_adjudications",
                columns: table => new
                {
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    first_id = table.Column<long>(type: "INTEGER", nullable: false),
                    second_id = table.Column<long>(type: "INTEGER", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: false),
                    by_account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_adjudications", x => new { x.kind, x.first_id, x.second_id });
                });

            migrationBuilder.CreateTable(
                name: "registry_area_changes",
                columns: table => new
                {
                    from = table.Column<long>(type: "INTEGER", nullable: false),
                    to = table.Column<long>(type: "INTEGER", nullable: false),
                    on = table.Column<DateOnly>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_area_changes", x => new { x.from, x.to });
                });

            migrationBuilder.CreateTable(
                name: "registry_area_statuses",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    status = table.Column<string>(type: "TEXT", nullable: false),
                    since = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    case_id = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_area_statuses", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "registry_areas",
                columns: table => new
                {
                    code = table.Column<long>(type: "INTEGER", nullable: false),
                    parent = table.Column<long>(type: "INTEGER", nullable: false),
                    level = table.Column<int>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    name_en = table.Column<string>(type: "TEXT", nullable: true),
                    is_residents_committee = table.Column<bool>(type: "INTEGER", nullable: false),
                    latitude_micro = table.Column<int>(type: "INTEGER", nullable: true),
                    longitude_micro = table.Column<int>(type: "INTEGER", nullable: true),
                    coordinates = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_areas", x => x.code);
                });

            migrationBuilder.CreateTable(
                name: "registry_assistance_measures",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    plan_id = table.Column<long>(type: "INTEGER", nullable: false),
                    household_id = table.Column<long>(type: "INTEGER", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    what = table.Column<string>(type: "TEXT", nullable: false),
                    start = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    due = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    cost = table.Column<long>(type: "INTEGER", nullable: false),
                    payer = table.Column<string>(type: "TEXT", nullable: false),
                    done_day = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    result = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_assistance_measures", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "registry_assistance_plans",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    household_id = table.Column<long>(type: "INTEGER", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    helper = table.Column<string>(type: "TEXT", nullable: false),
                    work_team = table.Column<string>(type: "TEXT", nullable: false),
                    since = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    by_account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    agreed_day = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    agreed_by = table.Column<string>(type: "TEXT", nullable: true),
                    until = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    revision = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_assistance_plans", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "registry_assistance_visits",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    plan_id = table.Column<long>(type: "INTEGER", nullable: false),
                    household_id = table.Column<long>(type: "INTEGER", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    by_account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    found = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_assistance_visits", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "registry_boundaries",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    rings = table.Column<string>(type: "TEXT", nullable: false),
                    source = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    by_account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_boundaries", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "registry_case_steps",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    case_id = table.Column<long>(type: "INTEGER", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    household_id = table.Column<long>(type: "INTEGER", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    step = table.Column<string>(type: "TEXT", nullable: false),
                    passed = table.Column<bool>(type: "INTEGER", nullable: false),
                    by_account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    role = table.Column<string>(type: "TEXT", nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    evidence = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_case_steps", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "registry_cases",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    household_id = table.Column<long>(type: "INTEGER", nullable: false),
                    policy = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    category = table.Column<string>(type: "TEXT", nullable: true),
                    warning_id = table.Column<long>(type: "INTEGER", nullable: true),
                    opened_day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    steps_taken = table.Column<int>(type: "INTEGER", nullable: false),
                    next_step = table.Column<string>(type: "TEXT", nullable: true),
                    next_roles = table.Column<string>(type: "TEXT", nullable: true),
                    next_from = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    next_due = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    end = table.Column<int>(type: "INTEGER", nullable: false),
                    ended_day = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    revision = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_cases", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "registry_change_decisions",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    change_id = table.Column<long>(type: "INTEGER", nullable: false),
                    step = table.Column<int>(type: "INTEGER", nullable: false),
                    agrees = table.Column<bool>(type: "INTEGER", nullable: false),
                    by_account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    by_role = table.Column<string>(type: "TEXT", nullable: false),
                    note = table.Column<string>(type: "TEXT", nullable: true),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_change_decisions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "registry_change_requests",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    household_id = table.Column<long>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    operation_hidden = table.Column<string>(type: "TEXT", nullable: false),
                    fields = table.Column<string>(type: "TEXT", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: false),
                    evidence = table.Column<string>(type: "TEXT", nullable: true),
                    by_account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    by_role = table.Column<string>(type: "TEXT", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    route = table.Column<string>(type: "TEXT", nullable: false),
                    steps_done = table.Column<int>(type: "INTEGER", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    ended_ms = table.Column<long>(type: "INTEGER", nullable: true),
                    undo_hidden = table.Column<string>(type: "TEXT", nullable: true),
                    stamp = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_change_requests", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "registry_change_touches",
                columns: table => new
                {
                    subject = table.Column<string>(type: "TEXT", nullable: false),
                    change_id = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_change_touches", x => x.subject);
                });

            migrationBuilder.CreateTable(
                name: "registry_code_slips",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    household_id = table.Column<long>(type: "INTEGER", nullable: false),
                    number_hash = table.Column<string>(type: "TEXT", nullable: false),
                    issued_by_account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    issued_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    expires_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    used_ms = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_code_slips", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "registry_consents",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    household_id = table.Column<long>(type: "INTEGER", nullable: false),
                    member_id = table.Column<long>(type: "INTEGER", nullable: true),
                    purpose = table.Column<string>(type: "TEXT", nullable: false),
                    wording = table.Column<string>(type: "TEXT", nullable: false),
                    given = table.Column<string>(type: "TEXT", nullable: false),
                    guardian = table.Column<string>(type: "TEXT", nullable: true),
                    by_account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    since = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    until = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_consents", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "registry_county_forms",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    file_name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    workbook = table.Column<byte[]>(type: "BLOB", nullable: false),
                    by_account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_county_forms", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "registry_field_changes",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    household_id = table.Column<long>(type: "INTEGER", nullable: false),
                    member_id = table.Column<long>(type: "INTEGER", nullable: true),
                    field = table.Column<string>(type: "TEXT", nullable: false),
                    before = table.Column<string>(type: "TEXT", nullable: true),
                    after = table.Column<string>(type: "TEXT", nullable: true),
                    cause = table.Column<string>(type: "TEXT", nullable: false),
                    cause_id = table.Column<long>(type: "INTEGER", nullable: false),
                    by_account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_field_changes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "registry_files",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    file_name = table.Column<string>(type: "TEXT", nullable: false),
                    content_hidden = table.Column<byte[]>(type: "BLOB", nullable: true),
                    by_account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    taken_ms = table.Column<long>(type: "INTEGER", nullable: true),
                    done = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_files", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "registry_filled_forms",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    form_id = table.Column<long>(type: "INTEGER", nullable: false),
                    year = table.Column<int>(type: "INTEGER", nullable: false),
                    workbook = table.Column<byte[]>(type: "BLOB", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    values = table.Column<string>(type: "TEXT", nullable: false),
                    by_account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    signed_by_account_id = table.Column<long>(type: "INTEGER", nullable: true),
                    signed_at_ms = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_filled_forms", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "registry_household_events",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    household_id = table.Column<long>(type: "INTEGER", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    month = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    cost = table.Column<long>(type: "INTEGER", nullable: false),
                    by_account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_household_events", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "registry_household_statuses",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    household_id = table.Column<long>(type: "INTEGER", nullable: false),
                    status = table.Column<string>(type: "TEXT", nullable: false),
                    category = table.Column<string>(type: "TEXT", nullable: true),
                    since = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    until = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_household_statuses", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "registry_households",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    code = table.Column<string>(type: "TEXT", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    head_name = table.Column<string>(type: "TEXT", nullable: false),
                    village_group = table.Column<string>(type: "TEXT", nullable: true),
                    book_number = table.Column<string>(type: "TEXT", nullable: true),
                    approval_code_hash = table.Column<string>(type: "TEXT", nullable: true),
                    phone_hidden = table.Column<string>(type: "TEXT", nullable: true),
                    name_consent_since = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    until = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    merged_into_id = table.Column<long>(type: "INTEGER", nullable: true),
                    housing = table.Column<string>(type: "TEXT", nullable: true),
                    safe_water = table.Column<bool>(type: "INTEGER", nullable: true),
                    food_and_clothing = table.Column<bool>(type: "INTEGER", nullable: true),
                    farmland_centimu = table.Column<int>(type: "INTEGER", nullable: true),
                    cattle = table.Column<int>(type: "INTEGER", nullable: true),
                    sheep = table.Column<int>(type: "INTEGER", nullable: true),
                    vehicle = table.Column<bool>(type: "INTEGER", nullable: true),
                    road_to_door = table.Column<bool>(type: "INTEGER", nullable: true),
                    station_distance_metres = table.Column<int>(type: "INTEGER", nullable: true),
                    smartphone = table.Column<bool>(type: "INTEGER", nullable: true),
                    signal = table.Column<string>(type: "TEXT", nullable: true),
                    broadband = table.Column<bool>(type: "INTEGER", nullable: true),
                    debt = table.Column<long>(type: "INTEGER", nullable: true),
                    has_skills = table.Column<bool>(type: "INTEGER", nullable: true),
                    has_funds = table.Column<bool>(type: "INTEGER", nullable: true),
                    has_idea = table.Column<bool>(type: "INTEGER", nullable: true),
                    has_will = table.Column<bool>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_households", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "registry_incomes",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    household_id = table.Column<long>(type: "INTEGER", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    year = table.Column<int>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    gross = table.Column<long>(type: "INTEGER", nullable: false),
                    costs = table.Column<long>(type: "INTEGER", nullable: true),
                    is_estimate = table.Column<bool>(type: "INTEGER", nullable: false),
                    by_account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_incomes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "registry_member_roles",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    member_id = table.Column<long>(type: "INTEGER", nullable: false),
                    household_id = table.Column<long>(type: "INTEGER", nullable: false),
                    relation = table.Column<string>(type: "TEXT", nullable: false),
                    since = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    until = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_member_roles", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "registry_members",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    household_id = table.Column<long>(type: "INTEGER", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    name_sound = table.Column<string>(type: "TEXT", nullable: false),
                    relation = table.Column<string>(type: "TEXT", nullable: false),
                    birth_year = table.Column<int>(type: "INTEGER", nullable: true),
                    birth_day = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    sex = table.Column<string>(type: "TEXT", nullable: true),
                    since = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    until = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    left_because = table.Column<string>(type: "TEXT", nullable: true),
                    identity_hidden = table.Column<string>(type: "TEXT", nullable: true),
                    identity_key = table.Column<string>(type: "TEXT", nullable: true),
                    identity_mask = table.Column<string>(type: "TEXT", nullable: true),
                    ethnicity = table.Column<string>(type: "TEXT", nullable: true),
                    schooling = table.Column<string>(type: "TEXT", nullable: true),
                    in_school = table.Column<bool>(type: "INTEGER", nullable: true),
                    labour = table.Column<string>(type: "TEXT", nullable: true),
                    health = table.Column<string>(type: "TEXT", nullable: true),
                    medical_insurance = table.Column<bool>(type: "INTEGER", nullable: true),
                    away_months = table.Column<int>(type: "INTEGER", nullable: true),
                    away_place = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_members", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "registry_memberships",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    organisation_id = table.Column<long>(type: "INTEGER", nullable: false),
                    household_id = table.Column<long>(type: "INTEGER", nullable: false),
                    since = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    until = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_memberships", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "registry_notices",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    code = table.Column<string>(type: "TEXT", nullable: false),
                    case_id = table.Column<long>(type: "INTEGER", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    policy = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    step = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: true),
                    village_group = table.Column<string>(type: "TEXT", nullable: true),
                    birth_year = table.Column<int>(type: "INTEGER", nullable: true),
                    posted_day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    last_day = table.Column<DateOnly>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_notices", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "registry_objections",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    case_id = table.Column<long>(type: "INTEGER", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    household_id = table.Column<long>(type: "INTEGER", nullable: false),
                    by_name = table.Column<string>(type: "TEXT", nullable: true),
                    by_account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    about = table.Column<string>(type: "TEXT", nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    end = table.Column<int>(type: "INTEGER", nullable: false),
                    decided_by = table.Column<long>(type: "INTEGER", nullable: false),
                    decided_day = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    reason = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_objections", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "registry_organisations",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    code = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    name_en = table.Column<string>(type: "TEXT", nullable: true),
                    phone = table.Column<string>(type: "TEXT", maxLength: 24, nullable: true),
                    parent_id = table.Column<long>(type: "INTEGER", nullable: true),
                    since = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    until = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_organisations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "registry_poverty_causes",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    household_id = table.Column<long>(type: "INTEGER", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    cause = table.Column<string>(type: "TEXT", nullable: false),
                    is_main = table.Column<bool>(type: "INTEGER", nullable: false),
                    since = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    until = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_poverty_causes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "registry_targeting_answers",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    run_id = table.Column<long>(type: "INTEGER", nullable: false),
                    household_id = table.Column<long>(type: "INTEGER", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    answer = table.Column<int>(type: "INTEGER", nullable: false),
                    score_low = table.Column<long>(type: "INTEGER", nullable: true),
                    score_high = table.Column<long>(type: "INTEGER", nullable: true),
                    way = table.Column<string>(type: "TEXT", nullable: true),
                    chosen_by_account_id = table.Column<long>(type: "INTEGER", nullable: true),
                    reason = table.Column<string>(type: "TEXT", nullable: true),
                    document = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_targeting_answers", x => new { x.county, x.run_id, x.household_id });
                });

            migrationBuilder.CreateTable(
                name: "registry_targeting_rules",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    name_en = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_targeting_rules", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "registry_targeting_runs",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    version_id = table.Column<long>(type: "INTEGER", nullable: false),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    of_run_id = table.Column<long>(type: "INTEGER", nullable: true),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    households = table.Column<int>(type: "INTEGER", nullable: false),
                    picked = table.Column<int>(type: "INTEGER", nullable: false),
                    undecided = table.Column<int>(type: "INTEGER", nullable: false),
                    register_hash = table.Column<string>(type: "TEXT", nullable: false),
                    by_account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_targeting_runs", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "registry_targeting_versions",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    rule_id = table.Column<long>(type: "INTEGER", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    document = table.Column<string>(type: "TEXT", nullable: false),
                    hash = table.Column<string>(type: "TEXT", nullable: true),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    revision = table.Column<int>(type: "INTEGER", nullable: false),
                    by_account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    written_by_account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    proposed_by_account_id = table.Column<long>(type: "INTEGER", nullable: true),
                    decided_by_account_id = table.Column<long>(type: "INTEGER", nullable: true),
                    decided_day = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    reason = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_targeting_versions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "registry_trail",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    household_id = table.Column<long>(type: "INTEGER", nullable: false),
                    member_id = table.Column<long>(type: "INTEGER", nullable: true),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    role = table.Column<string>(type: "TEXT", nullable: false),
                    actor_area = table.Column<long>(type: "INTEGER", nullable: false),
                    what = table.Column<string>(type: "TEXT", nullable: false),
                    fields = table.Column<string>(type: "TEXT", nullable: true),
                    reason = table.Column<string>(type: "TEXT", nullable: true),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_trail", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "registry_trail_seals",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false),
                    record_id = table.Column<long>(type: "INTEGER", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_trail_seals", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "registry_trail_waiting",
                columns: table => new
                {
                    record_id = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_trail_waiting", x => x.record_id);
                });

            migrationBuilder.CreateTable(
                name: "registry_warnings",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    household_id = table.Column<long>(type: "INTEGER", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    month = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    trigger = table.Column<string>(type: "TEXT", nullable: false),
                    percent = table.Column<int>(type: "INTEGER", nullable: false),
                    amount = table.Column<long>(type: "INTEGER", nullable: false),
                    per_head = table.Column<long>(type: "INTEGER", nullable: true),
                    in_months = table.Column<int>(type: "INTEGER", nullable: false),
                    line = table.Column<long>(type: "INTEGER", nullable: false),
                    found_day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    due_day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    finding = table.Column<int>(type: "INTEGER", nullable: false),
                    finding_text = table.Column<string>(type: "TEXT", nullable: true),
                    checked_day = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    checked_by = table.Column<long>(type: "INTEGER", nullable: true),
                    case_id = table.Column<long>(type: "INTEGER", nullable: true),
                    revision = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_warnings", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "settlement_account_statement_lines",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    statement_id = table.Column<long>(type: "INTEGER", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    amount = table.Column<long>(type: "INTEGER", nullable: false),
                    note = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_settlement_account_statement_lines", x => new { x.county, x.statement_id, x.number });
                });

            migrationBuilder.CreateTable(
                name: "settlement_account_statements",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    role = table.Column<string>(type: "TEXT", nullable: false),
                    owner = table.Column<string>(type: "TEXT", nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    balance = table.Column<long>(type: "INTEGER", nullable: false),
                    by_account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_settlement_account_statements", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "settlement_accounts",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    role = table.Column<string>(type: "TEXT", nullable: false),
                    owner = table.Column<string>(type: "TEXT", nullable: false),
                    balance = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_settlement_accounts", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "settlement_allowance_uses",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    line_id = table.Column<long>(type: "INTEGER", nullable: false),
                    role = table.Column<string>(type: "TEXT", nullable: false),
                    owner = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    amount = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_settlement_allowance_uses", x => new { x.county, x.line_id, x.role, x.owner, x.kind });
                });

            migrationBuilder.CreateTable(
                name: "settlement_allowances",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    role = table.Column<string>(type: "TEXT", nullable: false),
                    owner = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    limit = table.Column<long>(type: "INTEGER", nullable: false),
                    used = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_settlement_allowances", x => new { x.county, x.role, x.owner, x.kind });
                });

            migrationBuilder.CreateTable(
                name: "settlement_cash_allowances",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    organisation_id = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    amount = table.Column<long>(type: "INTEGER", nullable: false),
                    spent = table.Column<long>(type: "INTEGER", nullable: false),
                    first_day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    last_day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    by_account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    decided_by_account_id = table.Column<long>(type: "INTEGER", nullable: true),
                    decided_ms = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_settlement_cash_allowances", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "settlement_cash_entries",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    organisation_id = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    category = table.Column<int>(type: "INTEGER", nullable: false),
                    amount = table.Column<long>(type: "INTEGER", nullable: false),
                    note = table.Column<string>(type: "TEXT", nullable: false),
                    household_id = table.Column<long>(type: "INTEGER", nullable: true),
                    worker = table.Column<string>(type: "TEXT", nullable: true),
                    agreement_id = table.Column<long>(type: "INTEGER", nullable: true),
                    rent_year = table.Column<int>(type: "INTEGER", nullable: false),
                    half_days = table.Column<int>(type: "INTEGER", nullable: false),
                    day_wage = table.Column<long>(type: "INTEGER", nullable: false),
                    corrects_id = table.Column<long>(type: "INTEGER", nullable: true),
                    by_account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_settlement_cash_entries", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "settlement_cash_payments",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    allowance_id = table.Column<long>(type: "INTEGER", nullable: false),
                    station_id = table.Column<long>(type: "INTEGER", nullable: false),
                    household_id = table.Column<long>(type: "INTEGER", nullable: false),
                    household_code = table.Column<string>(type: "TEXT", nullable: false),
                    amount = table.Column<long>(type: "INTEGER", nullable: false),
                    left = table.Column<long>(type: "INTEGER", nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    operator_id = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_settlement_cash_payments", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "settlement_close_shares",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    close_id = table.Column<long>(type: "INTEGER", nullable: false),
                    household_id = table.Column<long>(type: "INTEGER", nullable: false),
                    organisation_id = table.Column<long>(type: "INTEGER", nullable: false),
                    code = table.Column<string>(type: "TEXT", nullable: false),
                    trade = table.Column<long>(type: "INTEGER", nullable: false),
                    half_days = table.Column<int>(type: "INTEGER", nullable: false),
                    account = table.Column<long>(type: "INTEGER", nullable: false),
                    capital = table.Column<long>(type: "INTEGER", nullable: false),
                    reserve_held = table.Column<long>(type: "INTEGER", nullable: false),
                    aid_held = table.Column<long>(type: "INTEGER", nullable: false),
                    patronage = table.Column<long>(type: "INTEGER", nullable: false),
                    labour = table.Column<long>(type: "INTEGER", nullable: false),
                    by_account = table.Column<long>(type: "INTEGER", nullable: false),
                    reserve_credit = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_settlement_close_shares", x => new { x.county, x.close_id, x.household_id });
                });

            migrationBuilder.CreateTable(
                name: "settlement_closes",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    organisation_id = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    from = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    until = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    reserve_ppm = table.Column<int>(type: "INTEGER", nullable: false),
                    patronage_ppm = table.Column<int>(type: "INTEGER", nullable: false),
                    welfare_ppm = table.Column<int>(type: "INTEGER", nullable: false),
                    labour_ppm = table.Column<int>(type: "INTEGER", nullable: false),
                    income = table.Column<long>(type: "INTEGER", nullable: false),
                    costs = table.Column<long>(type: "INTEGER", nullable: false),
                    past_loss = table.Column<long>(type: "INTEGER", nullable: false),
                    loss_carried = table.Column<long>(type: "INTEGER", nullable: false),
                    reserve = table.Column<long>(type: "INTEGER", nullable: false),
                    distributable = table.Column<long>(type: "INTEGER", nullable: false),
                    patronage = table.Column<long>(type: "INTEGER", nullable: false),
                    welfare = table.Column<long>(type: "INTEGER", nullable: false),
                    labour = table.Column<long>(type: "INTEGER", nullable: false),
                    by_account = table.Column<long>(type: "INTEGER", nullable: false),
                    others_trade = table.Column<long>(type: "INTEGER", nullable: false),
                    members_trade = table.Column<long>(type: "INTEGER", nullable: false),
                    members_account = table.Column<long>(type: "INTEGER", nullable: false),
                    members_half_days = table.Column<long>(type: "INTEGER", nullable: false),
                    through_entry_id = table.Column<long>(type: "INTEGER", nullable: false),
                    figures_hash = table.Column<string>(type: "TEXT", nullable: false),
                    ballot_id = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    by_account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    decided_day = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_settlement_closes", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "settlement_entries",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    cause = table.Column<int>(type: "INTEGER", nullable: false),
                    cause_key = table.Column<string>(type: "TEXT", nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    recorded_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    scheme_version_id = table.Column<long>(type: "INTEGER", nullable: true),
                    lot_id = table.Column<long>(type: "INTEGER", nullable: true),
                    line_id = table.Column<long>(type: "INTEGER", nullable: true),
                    release_day = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_settlement_entries", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "settlement_household_costs",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    household_id = table.Column<long>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    amount = table.Column<long>(type: "INTEGER", nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    by_account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    by_self = table.Column<bool>(type: "INTEGER", nullable: false),
                    is_crossed_out = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_settlement_household_costs", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "settlement_lot_sums",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    lot_id = table.Column<long>(type: "INTEGER", nullable: false),
                    month = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    scheme_version_id = table.Column<long>(type: "INTEGER", nullable: false),
                    role = table.Column<string>(type: "TEXT", nullable: false),
                    amount = table.Column<long>(type: "INTEGER", nullable: false),
                    quantity = table.Column<long>(type: "INTEGER", nullable: false),
                    release_until = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_settlement_lot_sums", x => new { x.county, x.lot_id, x.month, x.scheme_version_id, x.role });
                });

            migrationBuilder.CreateTable(
                name: "settlement_member_account_entries",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    organisation_id = table.Column<long>(type: "INTEGER", nullable: false),
                    household_id = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    amount = table.Column<long>(type: "INTEGER", nullable: false),
                    note = table.Column<string>(type: "TEXT", nullable: false),
                    corrects_id = table.Column<long>(type: "INTEGER", nullable: true),
                    by_account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_settlement_member_account_entries", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "settlement_money_moves",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    from_role = table.Column<string>(type: "TEXT", nullable: false),
                    from_owner = table.Column<string>(type: "TEXT", nullable: false),
                    to_role = table.Column<string>(type: "TEXT", nullable: false),
                    to_owner = table.Column<string>(type: "TEXT", nullable: false),
                    amount = table.Column<long>(type: "INTEGER", nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    note = table.Column<string>(type: "TEXT", nullable: false),
                    by_account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_settlement_money_moves", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "settlement_month_sums",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    month = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    scheme_version_id = table.Column<long>(type: "INTEGER", nullable: false),
                    product_id = table.Column<long>(type: "INTEGER", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    channel = table.Column<string>(type: "TEXT", nullable: false),
                    role = table.Column<string>(type: "TEXT", nullable: false),
                    amount = table.Column<long>(type: "INTEGER", nullable: false),
                    quantity = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_settlement_month_sums", x => new { x.county, x.month, x.scheme_version_id, x.product_id, x.area, x.channel, x.role });
                });

            migrationBuilder.CreateTable(
                name: "settlement_payees",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    household_id = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    holder = table.Column<string>(type: "TEXT", nullable: false),
                    relation = table.Column<string>(type: "TEXT", nullable: false),
                    consent = table.Column<string>(type: "TEXT", nullable: true),
                    bank = table.Column<string>(type: "TEXT", nullable: false),
                    account_hidden = table.Column<string>(type: "TEXT", nullable: false),
                    account_mask = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    by_account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    decided_by_account_id = table.Column<long>(type: "INTEGER", nullable: true),
                    decided_ms = table.Column<long>(type: "INTEGER", nullable: true),
                    usable_from_ms = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_settlement_payees", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "settlement_payout_files",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    language = table.Column<int>(type: "INTEGER", nullable: false),
                    minimum = table.Column<long>(type: "INTEGER", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: true),
                    lines = table.Column<int>(type: "INTEGER", nullable: false),
                    total = table.Column<long>(type: "INTEGER", nullable: false),
                    head_number = table.Column<long>(type: "INTEGER", nullable: false),
                    head_hash = table.Column<string>(type: "TEXT", nullable: false),
                    csv_hash = table.Column<string>(type: "TEXT", nullable: false),
                    xlsx_hash = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    made_by_account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    made_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    decided_by_account_id = table.Column<long>(type: "INTEGER", nullable: true),
                    decided_ms = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_settlement_payout_files", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "settlement_payout_lines",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    file_id = table.Column<long>(type: "INTEGER", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    household_id = table.Column<long>(type: "INTEGER", nullable: false),
                    household_code = table.Column<string>(type: "TEXT", nullable: false),
                    amount = table.Column<long>(type: "INTEGER", nullable: false),
                    payee_id = table.Column<long>(type: "INTEGER", nullable: false),
                    holder = table.Column<string>(type: "TEXT", nullable: false),
                    bank = table.Column<string>(type: "TEXT", nullable: false),
                    account_hidden = table.Column<string>(type: "TEXT", nullable: false),
                    account_mask = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    why = table.Column<string>(type: "TEXT", nullable: true),
                    state_day = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_settlement_payout_lines", x => new { x.county, x.file_id, x.number });
                });

            migrationBuilder.CreateTable(
                name: "settlement_postings",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    entry_id = table.Column<long>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    is_sunk = table.Column<bool>(type: "INTEGER", nullable: false),
                    amount = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_settlement_postings", x => new { x.county, x.entry_id, x.account_id, x.is_sunk });
                });

            migrationBuilder.CreateTable(
                name: "settlement_scheme_uses",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    cooperative_id = table.Column<long>(type: "INTEGER", nullable: true),
                    channel = table.Column<string>(type: "TEXT", nullable: true),
                    since = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    scheme_id = table.Column<long>(type: "INTEGER", nullable: false),
                    key = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_settlement_scheme_uses", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "settlement_scheme_versions",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    scheme_id = table.Column<long>(type: "INTEGER", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    document = table.Column<string>(type: "TEXT", nullable: false),
                    revision = table.Column<int>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    by_account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    proposed_by_account_id = table.Column<long>(type: "INTEGER", nullable: true),
                    approved_by_account_id = table.Column<long>(type: "INTEGER", nullable: true),
                    reason = table.Column<string>(type: "TEXT", nullable: true),
                    ballot_id = table.Column<long>(type: "INTEGER", nullable: true),
                    adopted_day = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_settlement_scheme_versions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "settlement_schemes",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    code = table.Column<string>(type: "TEXT", nullable: false),
                    cooperative_id = table.Column<long>(type: "INTEGER", nullable: true),
                    channel = table.Column<string>(type: "TEXT", nullable: true),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    model = table.Column<int>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    name_en = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_settlement_schemes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "settlement_seals",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    number = table.Column<long>(type: "INTEGER", nullable: false),
                    entry_id = table.Column<long>(type: "INTEGER", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_settlement_seals", x => new { x.county, x.number });
                });

            migrationBuilder.CreateTable(
                name: "settlement_share_merchants",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    role = table.Column<string>(type: "TEXT", nullable: false),
                    owner = table.Column<string>(type: "TEXT", nullable: false),
                    merchant = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    by_account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    decided_by_account_id = table.Column<long>(type: "INTEGER", nullable: true),
                    decided_ms = table.Column<long>(type: "INTEGER", nullable: true),
                    usable_from_ms = table.Column<long>(type: "INTEGER", nullable: true),
                    is_receiver = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_settlement_share_merchants", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "settlement_share_requests",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    payment_id = table.Column<long>(type: "INTEGER", nullable: false),
                    method = table.Column<string>(type: "TEXT", nullable: false),
                    transaction_id = table.Column<string>(type: "TEXT", nullable: false),
                    is_last = table.Column<bool>(type: "INTEGER", nullable: false),
                    needs_look = table.Column<bool>(type: "INTEGER", nullable: false),
                    order_id = table.Column<long>(type: "INTEGER", nullable: false),
                    number = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    tries = table.Column<int>(type: "INTEGER", nullable: false),
                    next_try_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    done_ms = table.Column<long>(type: "INTEGER", nullable: true),
                    why = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_settlement_share_requests", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "settlement_share_returns",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<long>(type: "INTEGER", nullable: false),
                    share_number = table.Column<string>(type: "TEXT", nullable: false),
                    role = table.Column<string>(type: "TEXT", nullable: false),
                    owner = table.Column<string>(type: "TEXT", nullable: false),
                    merchant = table.Column<string>(type: "TEXT", nullable: false),
                    amount = table.Column<long>(type: "INTEGER", nullable: false),
                    order_id = table.Column<long>(type: "INTEGER", nullable: false),
                    number = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    tries = table.Column<int>(type: "INTEGER", nullable: false),
                    next_try_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    done_ms = table.Column<long>(type: "INTEGER", nullable: true),
                    why = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_settlement_share_returns", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "settlement_shares",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<long>(type: "INTEGER", nullable: false),
                    role = table.Column<string>(type: "TEXT", nullable: false),
                    owner = table.Column<string>(type: "TEXT", nullable: false),
                    merchant = table.Column<string>(type: "TEXT", nullable: false),
                    amount = table.Column<long>(type: "INTEGER", nullable: false),
                    standing = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_settlement_shares", x => new { x.county, x.request_id, x.role, x.owner });
                });

            migrationBuilder.CreateTable(
                name: "surveys_files",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    survey_id = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    file_name = table.Column<string>(type: "TEXT", nullable: false),
                    content = table.Column<byte[]>(type: "BLOB", nullable: false),
                    by_account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    taken = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_surveys_files", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "surveys_openings",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    survey_id = table.Column<long>(type: "INTEGER", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    until = table.Column<DateOnly>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_surveys_openings", x => new { x.county, x.survey_id, x.area });
                });

            migrationBuilder.CreateTable(
                name: "surveys_responses",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    survey_id = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    by_account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    interviewer = table.Column<string>(type: "TEXT", nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    proxy = table.Column<string>(type: "TEXT", nullable: false),
                    source = table.Column<int>(type: "INTEGER", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    answers = table.Column<string>(type: "TEXT", nullable: false),
                    revision = table.Column<int>(type: "INTEGER", nullable: false),
                    row_key = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_surveys_responses", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "surveys_surveys",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    form_id = table.Column<string>(type: "TEXT", nullable: false),
                    latest = table.Column<int>(type: "INTEGER", nullable: false),
                    small_below = table.Column<int>(type: "INTEGER", nullable: false),
                    is_invented = table.Column<bool>(type: "INTEGER", nullable: false),
                    margins = table.Column<string>(type: "TEXT", nullable: true),
                    by_account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_surveys_surveys", x => new { x.county, x.id });
                });

            migrationBuilder.CreateTable(
                name: "surveys_versions",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    survey_id = table.Column<long>(type: "INTEGER", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    workbook = table.Column<byte[]>(type: "BLOB", nullable: false),
                    hash = table.Column<string>(type: "TEXT", nullable: false),
                    file_name = table.Column<string>(type: "TEXT", nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    is_frozen = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_surveys_versions", x => new { x.county, x.survey_id, x.number });
                });

            migrationBuilder.CreateTable(
                name: "voice_ballot_counters",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    ballot_id = table.Column<long>(type: "INTEGER", nullable: false),
                    place = table.Column<int>(type: "INTEGER", nullable: false),
                    account_id = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_voice_ballot_counters", x => new { x.county, x.ballot_id, x.place });
                });

            migrationBuilder.CreateTable(
                name: "voice_ballot_papers",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    ballot_id = table.Column<long>(type: "INTEGER", nullable: false),
                    place = table.Column<int>(type: "INTEGER", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    choice = table.Column<int>(type: "INTEGER", nullable: false),
                    first_choice = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_voice_ballot_papers", x => new { x.county, x.ballot_id, x.place, x.number });
                });

            migrationBuilder.CreateTable(
                name: "voice_ballot_voters",
                columns: table => new
                {
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    ballot_id = table.Column<long>(type: "INTEGER", nullable: false),
                    household_id = table.Column<long>(type: "INTEGER", nullable: false),
                    is_present = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_voice_ballot_voters", x => new { x.county, x.ballot_id, x.household_id });
                });

            migrationBuilder.CreateTable(
                name: "voice_ballots",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    county = table.Column<long>(type: "INTEGER", nullable: false),
                    organisation_id = table.Column<long>(type: "INTEGER", nullable: false),
                    subject_kind = table.Column<string>(type: "TEXT", nullable: false),
                    subject_id = table.Column<long>(type: "INTEGER", nullable: false),
                    subject_path = table.Column<string>(type: "TEXT", nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    text_en = table.Column<string>(type: "TEXT", nullable: false),
                    matter = table.Column<int>(type: "INTEGER", nullable: false),
                    notice_day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    meeting_day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    by_account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    subject_hash = table.Column<string>(type: "TEXT", nullable: true),
                    revision = table.Column<int>(type: "INTEGER", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    result = table.Column<int>(type: "INTEGER", nullable: false),
                    members = table.Column<int>(type: "INTEGER", nullable: false),
                    present = table.Column<int>(type: "INTEGER", nullable: false),
                    papers = table.Column<int>(type: "INTEGER", nullable: false),
                    yes = table.Column<int>(type: "INTEGER", nullable: false),
                    no = table.Column<int>(type: "INTEGER", nullable: false),
                    abstained = table.Column<int>(type: "INTEGER", nullable: false),
                    spoiled = table.Column<int>(type: "INTEGER", nullable: false),
                    closed_day = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    closed_by_account_id = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_voice_ballots", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_market_agent_slips_county_household_id_at_ms",
                table: "market_agent_slips",
                columns: new[] { "county", "household_id", "at_ms" });

            migrationBuilder.CreateIndex(
                name: "IX_market_agent_slips_county_request_id",
                table: "market_agent_slips",
                columns: new[] { "county", "request_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_agent_slips_county_station_id_day",
                table: "market_agent_slips",
                columns: new[] { "county", "station_id", "day" });

            migrationBuilder.CreateIndex(
                name: "IX_market_agent_tasks_county_day",
                table: "market_agent_tasks",
                columns: new[] { "county", "day" });

            migrationBuilder.CreateIndex(
                name: "IX_market_agent_tasks_county_station_id_day",
                table: "market_agent_tasks",
                columns: new[] { "county", "station_id", "day" });

            migrationBuilder.CreateIndex(
                name: "IX_market_agent_tasks_county_task_cause_id",
                table: "market_agent_tasks",
                columns: new[] { "county", "task", "cause_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_agreement_households_county_household_id",
                table: "market_agreement_households",
                columns: new[] { "county", "household_id" });

            migrationBuilder.CreateIndex(
                name: "IX_market_agreements_county_number",
                table: "market_agreements",
                columns: new[] { "county", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_agreements_county_product_id_until",
                table: "market_agreements",
                columns: new[] { "county", "product_id", "until" });

            migrationBuilder.CreateIndex(
                name: "IX_market_agreements_county_request_id",
                table: "market_agreements",
                columns: new[] { "county", "request_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_api_keys_county_organisation_id",
                table: "market_api_keys",
                columns: new[] { "county", "organisation_id" });

            migrationBuilder.CreateIndex(
                name: "IX_market_api_keys_hash",
                table: "market_api_keys",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_api_keys_request_id",
                table: "market_api_keys",
                column: "request_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_api_requests_county_organisation_id_id",
                table: "market_api_requests",
                columns: new[] { "county", "organisation_id", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_market_api_requests_county_organisation_id_key",
                table: "market_api_requests",
                columns: new[] { "county", "organisation_id", "key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_api_requests_county_request_id",
                table: "market_api_requests",
                columns: new[] { "county", "request_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_bank_transfers_county_reference",
                table: "market_bank_transfers",
                columns: new[] { "county", "reference" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_board_prices_county_product_id_grade_day",
                table: "market_board_prices",
                columns: new[] { "county", "product_id", "grade", "day" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_buyer_refunds_county_order_id",
                table: "market_buyer_refunds",
                columns: new[] { "county", "order_id" });

            migrationBuilder.CreateIndex(
                name: "IX_market_buyer_refunds_county_request_id",
                table: "market_buyer_refunds",
                columns: new[] { "county", "request_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_buyer_refunds_number",
                table: "market_buyer_refunds",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_buyer_refunds_state_next_try_ms",
                table: "market_buyer_refunds",
                columns: new[] { "state", "next_try_ms" });

            migrationBuilder.CreateIndex(
                name: "IX_market_campaign_samples_county_campaign_id",
                table: "market_campaign_samples",
                columns: new[] { "county", "campaign_id" });

            migrationBuilder.CreateIndex(
                name: "IX_market_campaign_samples_county_request_id",
                table: "market_campaign_samples",
                columns: new[] { "county", "request_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_campaigns_county_changed_ms",
                table: "market_campaigns",
                columns: new[] { "county", "changed_ms" });

            migrationBuilder.CreateIndex(
                name: "IX_market_campaigns_county_code",
                table: "market_campaigns",
                columns: new[] { "county", "code" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_campaigns_county_request_id",
                table: "market_campaigns",
                columns: new[] { "county", "request_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_cash_papers_county_is_back_cause_id",
                table: "market_cash_papers",
                columns: new[] { "county", "is_back", "cause_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_cash_papers_county_reference",
                table: "market_cash_papers",
                columns: new[] { "county", "reference" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_cash_papers_county_request_id",
                table: "market_cash_papers",
                columns: new[] { "county", "request_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_cash_slips_county_payment_id",
                table: "market_cash_slips",
                columns: new[] { "county", "payment_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_cash_slips_county_station_id_at_ms",
                table: "market_cash_slips",
                columns: new[] { "county", "station_id", "at_ms" });

            migrationBuilder.CreateIndex(
                name: "IX_market_certificates_county_organisation_id_kind",
                table: "market_certificates",
                columns: new[] { "county", "organisation_id", "kind" });

            migrationBuilder.CreateIndex(
                name: "IX_market_certificates_county_request_id",
                table: "market_certificates",
                columns: new[] { "county", "request_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_claim_lines_county_line_id",
                table: "market_claim_lines",
                columns: new[] { "county", "line_id" });

            migrationBuilder.CreateIndex(
                name: "IX_market_claim_steps_county_claim_id_id",
                table: "market_claim_steps",
                columns: new[] { "county", "claim_id", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_market_claims_county_order_id",
                table: "market_claims",
                columns: new[] { "county", "order_id" });

            migrationBuilder.CreateIndex(
                name: "IX_market_claims_county_request_id",
                table: "market_claims",
                columns: new[] { "county", "request_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_claims_county_state_decide_by",
                table: "market_claims",
                columns: new[] { "county", "state", "decide_by" });

            migrationBuilder.CreateIndex(
                name: "IX_market_contract_papers_county_request_id",
                table: "market_contract_papers",
                columns: new[] { "county", "request_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_contracts_county_quote_id",
                table: "market_contracts",
                columns: new[] { "county", "quote_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_counter_sales_county_state_id",
                table: "market_counter_sales",
                columns: new[] { "county", "state", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_market_counter_sales_county_station_id_number",
                table: "market_counter_sales",
                columns: new[] { "county", "station_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_deliveries_county_phone_key",
                table: "market_deliveries",
                columns: new[] { "county", "phone_key" });

            migrationBuilder.CreateIndex(
                name: "IX_market_deliveries_county_pickup_id",
                table: "market_deliveries",
                columns: new[] { "county", "pickup_id" });

            migrationBuilder.CreateIndex(
                name: "ix_market_deliveries_buyer",
                table: "market_deliveries",
                columns: new[] { "buyer_account_id", "order_id" },
                filter: "buyer_account_id is not null");

            migrationBuilder.CreateIndex(
                name: "IX_market_epcis_events_county_event_id_declares_error",
                table: "market_epcis_events",
                columns: new[] { "county", "event_id", "declares_error" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_fake_reports_county_day_from_key_from_number",
                table: "market_fake_reports",
                columns: new[] { "county", "day", "from_key", "from_number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_fake_reports_county_order_id",
                table: "market_fake_reports",
                columns: new[] { "county", "order_id" });

            migrationBuilder.CreateIndex(
                name: "IX_market_fake_reports_county_outcome_due_day_id",
                table: "market_fake_reports",
                columns: new[] { "county", "outcome", "due_day", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_market_fake_reports_county_request_id",
                table: "market_fake_reports",
                columns: new[] { "county", "request_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_fake_steps_county_report_id_id",
                table: "market_fake_steps",
                columns: new[] { "county", "report_id", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_market_freight_tariffs_county_request_id",
                table: "market_freight_tariffs",
                columns: new[] { "county", "request_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_gtins_gtin",
                table: "market_gtins",
                column: "gtin",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_hook_messages_county_hook_id_state",
                table: "market_hook_messages",
                columns: new[] { "county", "hook_id", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_market_hook_messages_due",
                table: "market_hook_messages",
                column: "next_try_ms",
                filter: "state = 0");

            migrationBuilder.CreateIndex(
                name: "IX_market_hooks_county_organisation_id_open_url",
                table: "market_hooks",
                columns: new[] { "county", "organisation_id", "open_url" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_import_runs_county_channel_file_hash",
                table: "market_import_runs",
                columns: new[] { "county", "channel", "file_hash" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_market_import_runs_running",
                table: "market_import_runs",
                column: "state",
                filter: "state = 1");

            migrationBuilder.CreateIndex(
                name: "IX_market_intakes_county_agreement_id_day",
                table: "market_intakes",
                columns: new[] { "county", "agreement_id", "day" });

            migrationBuilder.CreateIndex(
                name: "IX_market_intakes_county_day",
                table: "market_intakes",
                columns: new[] { "county", "day" });

            migrationBuilder.CreateIndex(
                name: "IX_market_intakes_county_household_id_day",
                table: "market_intakes",
                columns: new[] { "county", "household_id", "day" });

            migrationBuilder.CreateIndex(
                name: "IX_market_intakes_county_lot_id",
                table: "market_intakes",
                columns: new[] { "county", "lot_id" });

            migrationBuilder.CreateIndex(
                name: "IX_market_intakes_county_request_id",
                table: "market_intakes",
                columns: new[] { "county", "request_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_intakes_county_station_id_day",
                table: "market_intakes",
                columns: new[] { "county", "station_id", "day" });

            migrationBuilder.CreateIndex(
                name: "ix_market_intakes_unconfirmed",
                table: "market_intakes",
                columns: new[] { "county", "day", "id" },
                filter: "state = 0");

            migrationBuilder.CreateIndex(
                name: "IX_market_invoice_issues_county_invoice_id",
                table: "market_invoice_issues",
                columns: new[] { "county", "invoice_id" });

            migrationBuilder.CreateIndex(
                name: "IX_market_invoice_issues_county_number",
                table: "market_invoice_issues",
                columns: new[] { "county", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_invoices_county_order_id",
                table: "market_invoices",
                columns: new[] { "county", "order_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_invoices_county_request_id",
                table: "market_invoices",
                columns: new[] { "county", "request_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_invoices_county_seller_id_state_id",
                table: "market_invoices",
                columns: new[] { "county", "seller_id", "state", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_market_invoices_county_state_id",
                table: "market_invoices",
                columns: new[] { "county", "state", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_market_line_weights_county_request_id",
                table: "market_line_weights",
                columns: new[] { "county", "request_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_lot_growers_county_household_id",
                table: "market_lot_growers",
                columns: new[] { "county", "household_id" });

            migrationBuilder.CreateIndex(
                name: "IX_market_lot_makings_county_place_id_day",
                table: "market_lot_makings",
                columns: new[] { "county", "place_id", "day" });

            migrationBuilder.CreateIndex(
                name: "IX_market_lot_makings_county_request_id",
                table: "market_lot_makings",
                columns: new[] { "county", "request_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_lot_moves_county_lot_id_id",
                table: "market_lot_moves",
                columns: new[] { "county", "lot_id", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_market_lot_moves_county_request_id_lot_id_kind",
                table: "market_lot_moves",
                columns: new[] { "county", "request_id", "lot_id", "kind" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_lot_recalls_county_lot_id",
                table: "market_lot_recalls",
                columns: new[] { "county", "lot_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_lot_recalls_county_request_id",
                table: "market_lot_recalls",
                columns: new[] { "county", "request_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_lots_code",
                table: "market_lots",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_lots_county_open_key",
                table: "market_lots",
                columns: new[] { "county", "open_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_lots_county_place_id_closed_day",
                table: "market_lots",
                columns: new[] { "county", "place_id", "closed_day" });

            migrationBuilder.CreateIndex(
                name: "IX_market_lots_county_product_id_closed_day_best_before",
                table: "market_lots",
                columns: new[] { "county", "product_id", "closed_day", "best_before" });

            migrationBuilder.CreateIndex(
                name: "IX_market_offers_county_campaign",
                table: "market_offers",
                columns: new[] { "county", "campaign" });

            migrationBuilder.CreateIndex(
                name: "IX_market_offers_county_changed_ms",
                table: "market_offers",
                columns: new[] { "county", "changed_ms" });

            migrationBuilder.CreateIndex(
                name: "IX_market_offers_county_code",
                table: "market_offers",
                columns: new[] { "county", "code" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_offers_county_product_id_state",
                table: "market_offers",
                columns: new[] { "county", "product_id", "state" });

            migrationBuilder.CreateIndex(
                name: "IX_market_offers_county_request_id",
                table: "market_offers",
                columns: new[] { "county", "request_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_offers_county_seller_id",
                table: "market_offers",
                columns: new[] { "county", "seller_id" });

            migrationBuilder.CreateIndex(
                name: "ix_market_offers_groups",
                table: "market_offers",
                columns: new[] { "round", "closes_ms" },
                filter: "kind = 3");

            migrationBuilder.CreateIndex(
                name: "IX_market_order_lines_county_lot_id",
                table: "market_order_lines",
                columns: new[] { "county", "lot_id" });

            migrationBuilder.CreateIndex(
                name: "IX_market_order_lines_county_order_id_number",
                table: "market_order_lines",
                columns: new[] { "county", "order_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_market_order_lines_due",
                table: "market_order_lines",
                columns: new[] { "county", "due_day", "order_id", "number" },
                filter: "not is_settled");

            migrationBuilder.CreateIndex(
                name: "ix_market_order_lines_offer",
                table: "market_order_lines",
                columns: new[] { "county", "offer_id", "order_id" },
                filter: "offer_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_market_order_lines_waiting",
                table: "market_order_lines",
                columns: new[] { "county", "waits", "id" },
                filter: "waits > 0");

            migrationBuilder.CreateIndex(
                name: "IX_market_orders_county_area_placed_day_id",
                table: "market_orders",
                columns: new[] { "county", "area", "placed_day", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_market_orders_county_channel_number",
                table: "market_orders",
                columns: new[] { "county", "channel", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_orders_county_channel_placed_day_id",
                table: "market_orders",
                columns: new[] { "county", "channel", "placed_day", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_market_orders_county_placed_day_id",
                table: "market_orders",
                columns: new[] { "county", "placed_day", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_market_orders_county_request_id",
                table: "market_orders",
                columns: new[] { "county", "request_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_orders_county_state_placed_day_id",
                table: "market_orders",
                columns: new[] { "county", "state", "placed_day", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_market_orders_delivered",
                table: "market_orders",
                columns: new[] { "county", "delivered_day" },
                filter: "state = 1");

            migrationBuilder.CreateIndex(
                name: "ix_market_orders_open",
                table: "market_orders",
                columns: new[] { "county", "channel", "placed_day", "id" },
                filter: "state <= 1");

            migrationBuilder.CreateIndex(
                name: "ix_market_orders_seller",
                table: "market_orders",
                columns: new[] { "county", "seller_id", "id" },
                filter: "seller_id is not null");

            migrationBuilder.CreateIndex(
                name: "IX_market_packing_scans_county_channel_number_lot_id",
                table: "market_packing_scans",
                columns: new[] { "county", "channel", "number", "lot_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_payment_notices_institution_notification_id",
                table: "market_payment_notices",
                columns: new[] { "institution", "notification_id" });

            migrationBuilder.CreateIndex(
                name: "ix_market_payment_notices_refused",
                table: "market_payment_notices",
                column: "at_ms",
                filter: "refused is not null");

            migrationBuilder.CreateIndex(
                name: "IX_market_payments_county_order_id",
                table: "market_payments",
                columns: new[] { "county", "order_id" });

            migrationBuilder.CreateIndex(
                name: "IX_market_payments_county_paid_ms",
                table: "market_payments",
                columns: new[] { "county", "paid_ms" });

            migrationBuilder.CreateIndex(
                name: "IX_market_payments_number",
                table: "market_payments",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_market_payments_frozen",
                table: "market_payments",
                columns: new[] { "county", "id" },
                filter: "frozen and state = 1");

            migrationBuilder.CreateIndex(
                name: "ix_market_payments_open",
                table: "market_payments",
                columns: new[] { "county", "pay_until_ms" },
                filter: "state = 0");

            migrationBuilder.CreateIndex(
                name: "IX_market_pictures_county_owner_kind_owner_id_position",
                table: "market_pictures",
                columns: new[] { "county", "owner_kind", "owner_id", "position" });

            migrationBuilder.CreateIndex(
                name: "IX_market_pictures_county_request_id",
                table: "market_pictures",
                columns: new[] { "county", "request_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_pictures_name",
                table: "market_pictures",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_platform_statement_lines_county_channel_number",
                table: "market_platform_statement_lines",
                columns: new[] { "county", "channel", "number" });

            migrationBuilder.CreateIndex(
                name: "IX_market_platform_statements_county_channel_file_hash",
                table: "market_platform_statements",
                columns: new[] { "county", "channel", "file_hash" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_price_weeks_county_week",
                table: "market_price_weeks",
                columns: new[] { "county", "week" });

            migrationBuilder.CreateIndex(
                name: "IX_market_products_county_code",
                table: "market_products",
                columns: new[] { "county", "code" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_quotations_county_quote_id_version",
                table: "market_quotations",
                columns: new[] { "county", "quote_id", "version" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_quotations_county_request_id",
                table: "market_quotations",
                columns: new[] { "county", "request_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_quote_requests_county_phone_key",
                table: "market_quote_requests",
                columns: new[] { "county", "phone_key" });

            migrationBuilder.CreateIndex(
                name: "IX_market_quote_requests_county_request_id",
                table: "market_quote_requests",
                columns: new[] { "county", "request_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_quote_requests_county_state_id",
                table: "market_quote_requests",
                columns: new[] { "county", "state", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_market_recall_calls_county_order_id",
                table: "market_recall_calls",
                columns: new[] { "county", "order_id" });

            migrationBuilder.CreateIndex(
                name: "IX_market_recall_calls_county_recall_id_order_id",
                table: "market_recall_calls",
                columns: new[] { "county", "recall_id", "order_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_recall_calls_county_recall_id_state_id",
                table: "market_recall_calls",
                columns: new[] { "county", "recall_id", "state", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_market_recall_marks_county_call_id_id",
                table: "market_recall_marks",
                columns: new[] { "county", "call_id", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_market_recall_marks_county_request_id",
                table: "market_recall_marks",
                columns: new[] { "county", "request_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_refund_claims_county_line_id",
                table: "market_refund_claims",
                columns: new[] { "county", "line_id" });

            migrationBuilder.CreateIndex(
                name: "IX_market_refund_claims_county_request_id",
                table: "market_refund_claims",
                columns: new[] { "county", "request_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_market_refund_claims_due",
                table: "market_refund_claims",
                columns: new[] { "county", "day", "id" },
                filter: "not is_settled");

            migrationBuilder.CreateIndex(
                name: "IX_market_reviews_county_line_id",
                table: "market_reviews",
                columns: new[] { "county", "line_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_reviews_county_offer_id_hidden_ms_id",
                table: "market_reviews",
                columns: new[] { "county", "offer_id", "hidden_ms", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_market_reviews_county_order_id",
                table: "market_reviews",
                columns: new[] { "county", "order_id" });

            migrationBuilder.CreateIndex(
                name: "IX_market_reviews_county_request_id",
                table: "market_reviews",
                columns: new[] { "county", "request_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_reviews_county_seller_id_id",
                table: "market_reviews",
                columns: new[] { "county", "seller_id", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_market_standing_days_county_state_day",
                table: "market_standing_days",
                columns: new[] { "county", "state", "day" });

            migrationBuilder.CreateIndex(
                name: "ix_market_standing_days_due",
                table: "market_standing_days",
                columns: new[] { "day", "standing_order_id" },
                filter: "state = 0");

            migrationBuilder.CreateIndex(
                name: "IX_market_standing_orders_county_quote_id",
                table: "market_standing_orders",
                columns: new[] { "county", "quote_id" });

            migrationBuilder.CreateIndex(
                name: "IX_market_standing_orders_county_request_id",
                table: "market_standing_orders",
                columns: new[] { "county", "request_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_standing_orders_state_next_day",
                table: "market_standing_orders",
                columns: new[] { "state", "next_day" });

            migrationBuilder.CreateIndex(
                name: "IX_market_suppliers_county_name_key_licence_phone",
                table: "market_suppliers",
                columns: new[] { "county", "name_key", "licence", "phone" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_suppliers_county_state_id",
                table: "market_suppliers",
                columns: new[] { "county", "state", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_market_supplies_county_supplier_id",
                table: "market_supplies",
                columns: new[] { "county", "supplier_id" });

            migrationBuilder.CreateIndex(
                name: "IX_market_supply_reports_county_closed_day_due_day",
                table: "market_supply_reports",
                columns: new[] { "county", "closed_day", "due_day" });

            migrationBuilder.CreateIndex(
                name: "IX_market_supply_reports_county_household_id",
                table: "market_supply_reports",
                columns: new[] { "county", "household_id" });

            migrationBuilder.CreateIndex(
                name: "IX_market_supply_reports_county_request_id",
                table: "market_supply_reports",
                columns: new[] { "county", "request_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_videos_county_owner_kind_owner_id",
                table: "market_videos",
                columns: new[] { "county", "owner_kind", "owner_id" });

            migrationBuilder.CreateIndex(
                name: "IX_market_videos_county_request_id",
                table: "market_videos",
                columns: new[] { "county", "request_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_market_videos_name",
                table: "market_videos",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_registry_accounts_normalized_user_name",
                table: "registry_accounts",
                column: "normalized_user_name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_registry_area_statuses_area_status",
                table: "registry_area_statuses",
                columns: new[] { "area", "status" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_registry_areas_parent",
                table: "registry_areas",
                column: "parent");

            migrationBuilder.CreateIndex(
                name: "IX_registry_assistance_measures_plan_id",
                table: "registry_assistance_measures",
                column: "plan_id");

            migrationBuilder.CreateIndex(
                name: "IX_registry_assistance_measures_request_id",
                table: "registry_assistance_measures",
                column: "request_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_registry_assistance_measures_open",
                table: "registry_assistance_measures",
                columns: new[] { "area", "due" },
                filter: "done_day is null");

            migrationBuilder.CreateIndex(
                name: "IX_registry_assistance_plans_area_id",
                table: "registry_assistance_plans",
                columns: new[] { "area", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_registry_assistance_plans_request_id",
                table: "registry_assistance_plans",
                column: "request_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_registry_assistance_plans_now",
                table: "registry_assistance_plans",
                column: "household_id",
                unique: true,
                filter: "until is null");

            migrationBuilder.CreateIndex(
                name: "IX_registry_assistance_visits_plan_id_day",
                table: "registry_assistance_visits",
                columns: new[] { "plan_id", "day" });

            migrationBuilder.CreateIndex(
                name: "IX_registry_assistance_visits_request_id",
                table: "registry_assistance_visits",
                column: "request_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_registry_boundaries_area",
                table: "registry_boundaries",
                column: "area",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_registry_boundaries_request_id_area",
                table: "registry_boundaries",
                columns: new[] { "request_id", "area" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_registry_case_steps_case_id_number",
                table: "registry_case_steps",
                columns: new[] { "case_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_registry_case_steps_request_id",
                table: "registry_case_steps",
                column: "request_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_registry_cases_end_area",
                table: "registry_cases",
                columns: new[] { "end", "area" });

            migrationBuilder.CreateIndex(
                name: "IX_registry_cases_household_id_opened_day",
                table: "registry_cases",
                columns: new[] { "household_id", "opened_day" });

            migrationBuilder.CreateIndex(
                name: "IX_registry_cases_request_id",
                table: "registry_cases",
                column: "request_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_registry_cases_open",
                table: "registry_cases",
                columns: new[] { "area", "household_id", "kind" },
                unique: true,
                filter: "next_step is not null");

            migrationBuilder.CreateIndex(
                name: "IX_registry_change_decisions_change_id_step",
                table: "registry_change_decisions",
                columns: new[] { "change_id", "step" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_registry_change_requests_household_id_at_ms",
                table: "registry_change_requests",
                columns: new[] { "household_id", "at_ms" });

            migrationBuilder.CreateIndex(
                name: "IX_registry_change_requests_request_id",
                table: "registry_change_requests",
                column: "request_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_registry_change_requests_state_area",
                table: "registry_change_requests",
                columns: new[] { "state", "area" });

            migrationBuilder.CreateIndex(
                name: "IX_registry_change_touches_change_id",
                table: "registry_change_touches",
                column: "change_id");

            migrationBuilder.CreateIndex(
                name: "IX_registry_code_slips_household_id_issued_ms",
                table: "registry_code_slips",
                columns: new[] { "household_id", "issued_ms" });

            migrationBuilder.CreateIndex(
                name: "IX_registry_consents_household_id",
                table: "registry_consents",
                column: "household_id");

            migrationBuilder.CreateIndex(
                name: "IX_registry_consents_household_id_purpose",
                table: "registry_consents",
                columns: new[] { "household_id", "purpose" },
                unique: true,
                filter: "until is null and member_id is null");

            migrationBuilder.CreateIndex(
                name: "IX_registry_county_forms_area",
                table: "registry_county_forms",
                column: "area");

            migrationBuilder.CreateIndex(
                name: "IX_registry_county_forms_request_id",
                table: "registry_county_forms",
                column: "request_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_registry_field_changes_cause_cause_id",
                table: "registry_field_changes",
                columns: new[] { "cause", "cause_id" });

            migrationBuilder.CreateIndex(
                name: "IX_registry_field_changes_household_id_at_ms",
                table: "registry_field_changes",
                columns: new[] { "household_id", "at_ms" });

            migrationBuilder.CreateIndex(
                name: "IX_registry_files_by_account_id_at_ms",
                table: "registry_files",
                columns: new[] { "by_account_id", "at_ms" });

            migrationBuilder.CreateIndex(
                name: "IX_registry_files_request_id",
                table: "registry_files",
                column: "request_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_registry_filled_forms_form_id_at_ms",
                table: "registry_filled_forms",
                columns: new[] { "form_id", "at_ms" });

            migrationBuilder.CreateIndex(
                name: "IX_registry_filled_forms_request_id",
                table: "registry_filled_forms",
                column: "request_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_registry_household_events_area_month",
                table: "registry_household_events",
                columns: new[] { "area", "month" });

            migrationBuilder.CreateIndex(
                name: "IX_registry_household_events_household_id_month",
                table: "registry_household_events",
                columns: new[] { "household_id", "month" });

            migrationBuilder.CreateIndex(
                name: "IX_registry_household_events_request_id",
                table: "registry_household_events",
                column: "request_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_registry_household_statuses_household_id",
                table: "registry_household_statuses",
                column: "household_id");

            migrationBuilder.CreateIndex(
                name: "IX_registry_households_area_id",
                table: "registry_households",
                columns: new[] { "area", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_registry_households_book_number",
                table: "registry_households",
                column: "book_number");

            migrationBuilder.CreateIndex(
                name: "IX_registry_households_code",
                table: "registry_households",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_registry_incomes_household_id_year_kind",
                table: "registry_incomes",
                columns: new[] { "household_id", "year", "kind" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_registry_incomes_year_area_household_id_gross_costs",
                table: "registry_incomes",
                columns: new[] { "year", "area", "household_id", "gross", "costs" });

            migrationBuilder.CreateIndex(
                name: "IX_registry_member_roles_household_id_since",
                table: "registry_member_roles",
                columns: new[] { "household_id", "since" });

            migrationBuilder.CreateIndex(
                name: "IX_registry_member_roles_member_id_since",
                table: "registry_member_roles",
                columns: new[] { "member_id", "since" });

            migrationBuilder.CreateIndex(
                name: "ix_registry_member_roles_head",
                table: "registry_member_roles",
                column: "household_id",
                unique: true,
                filter: "until is null and relation = 'head'");

            migrationBuilder.CreateIndex(
                name: "ix_registry_member_roles_now",
                table: "registry_member_roles",
                column: "member_id",
                unique: true,
                filter: "until is null");

            migrationBuilder.CreateIndex(
                name: "IX_registry_members_area_household_id_since_until",
                table: "registry_members",
                columns: new[] { "area", "household_id", "since", "until" });

            migrationBuilder.CreateIndex(
                name: "IX_registry_members_area_name",
                table: "registry_members",
                columns: new[] { "area", "name" });

            migrationBuilder.CreateIndex(
                name: "IX_registry_members_household_id",
                table: "registry_members",
                column: "household_id");

            migrationBuilder.CreateIndex(
                name: "IX_registry_members_identity_key",
                table: "registry_members",
                column: "identity_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_registry_members_name_sound_birth_year",
                table: "registry_members",
                columns: new[] { "name_sound", "birth_year" });

            migrationBuilder.CreateIndex(
                name: "IX_registry_memberships_household_id",
                table: "registry_memberships",
                column: "household_id");

            migrationBuilder.CreateIndex(
                name: "IX_registry_memberships_organisation_id_household_id",
                table: "registry_memberships",
                columns: new[] { "organisation_id", "household_id" });

            migrationBuilder.CreateIndex(
                name: "IX_registry_notices_case_id_step",
                table: "registry_notices",
                columns: new[] { "case_id", "step" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_registry_notices_code",
                table: "registry_notices",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_registry_notices_last_day_area",
                table: "registry_notices",
                columns: new[] { "last_day", "area" });

            migrationBuilder.CreateIndex(
                name: "IX_registry_objections_case_id",
                table: "registry_objections",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "IX_registry_objections_request_id",
                table: "registry_objections",
                column: "request_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_registry_organisations_area_kind",
                table: "registry_organisations",
                columns: new[] { "area", "kind" });

            migrationBuilder.CreateIndex(
                name: "IX_registry_organisations_code",
                table: "registry_organisations",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_registry_poverty_causes_area",
                table: "registry_poverty_causes",
                column: "area");

            migrationBuilder.CreateIndex(
                name: "IX_registry_poverty_causes_household_id_cause",
                table: "registry_poverty_causes",
                columns: new[] { "household_id", "cause" },
                unique: true,
                filter: "until is null");

            migrationBuilder.CreateIndex(
                name: "ix_registry_poverty_causes_main",
                table: "registry_poverty_causes",
                column: "household_id",
                unique: true,
                filter: "until is null and is_main");

            migrationBuilder.CreateIndex(
                name: "IX_registry_targeting_answers_county_run_id_answer_area_household_id",
                table: "registry_targeting_answers",
                columns: new[] { "county", "run_id", "answer", "area", "household_id" });

            migrationBuilder.CreateIndex(
                name: "IX_registry_targeting_answers_household_id",
                table: "registry_targeting_answers",
                column: "household_id");

            migrationBuilder.CreateIndex(
                name: "IX_registry_targeting_rules_county_request_id",
                table: "registry_targeting_rules",
                columns: new[] { "county", "request_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_registry_targeting_runs_county_request_id",
                table: "registry_targeting_runs",
                columns: new[] { "county", "request_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_registry_targeting_runs_of_run_id",
                table: "registry_targeting_runs",
                column: "of_run_id");

            migrationBuilder.CreateIndex(
                name: "IX_registry_targeting_runs_version_id_id",
                table: "registry_targeting_runs",
                columns: new[] { "version_id", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_registry_targeting_versions_rule_id_number",
                table: "registry_targeting_versions",
                columns: new[] { "rule_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_registry_targeting_versions_open",
                table: "registry_targeting_versions",
                column: "rule_id",
                unique: true,
                filter: "state in (0, 1)");

            migrationBuilder.CreateIndex(
                name: "IX_registry_trail_at_ms",
                table: "registry_trail",
                column: "at_ms");

            migrationBuilder.CreateIndex(
                name: "IX_registry_trail_household_id_at_ms",
                table: "registry_trail",
                columns: new[] { "household_id", "at_ms" });

            migrationBuilder.CreateIndex(
                name: "IX_registry_trail_seals_record_id",
                table: "registry_trail_seals",
                column: "record_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_registry_warnings_area_month",
                table: "registry_warnings",
                columns: new[] { "area", "month" });

            migrationBuilder.CreateIndex(
                name: "IX_registry_warnings_finding_area_due_day",
                table: "registry_warnings",
                columns: new[] { "finding", "area", "due_day" });

            migrationBuilder.CreateIndex(
                name: "IX_registry_warnings_household_id_trigger_month",
                table: "registry_warnings",
                columns: new[] { "household_id", "trigger", "month" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_settlement_account_statements_county_day",
                table: "settlement_account_statements",
                columns: new[] { "county", "day" });

            migrationBuilder.CreateIndex(
                name: "IX_settlement_account_statements_county_request_id",
                table: "settlement_account_statements",
                columns: new[] { "county", "request_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_settlement_accounts_county_role_owner",
                table: "settlement_accounts",
                columns: new[] { "county", "role", "owner" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_settlement_cash_allowances_county_organisation_id_state",
                table: "settlement_cash_allowances",
                columns: new[] { "county", "organisation_id", "state" });

            migrationBuilder.CreateIndex(
                name: "IX_settlement_cash_allowances_county_request_id",
                table: "settlement_cash_allowances",
                columns: new[] { "county", "request_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_settlement_cash_entries_county_agreement_id_rent_year",
                table: "settlement_cash_entries",
                columns: new[] { "county", "agreement_id", "rent_year" });

            migrationBuilder.CreateIndex(
                name: "IX_settlement_cash_entries_county_corrects_id",
                table: "settlement_cash_entries",
                columns: new[] { "county", "corrects_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_settlement_cash_entries_county_organisation_id_day",
                table: "settlement_cash_entries",
                columns: new[] { "county", "organisation_id", "day" });

            migrationBuilder.CreateIndex(
                name: "IX_settlement_cash_entries_county_organisation_id_number",
                table: "settlement_cash_entries",
                columns: new[] { "county", "organisation_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_settlement_cash_entries_county_request_id",
                table: "settlement_cash_entries",
                columns: new[] { "county", "request_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_settlement_cash_payments_county_allowance_id",
                table: "settlement_cash_payments",
                columns: new[] { "county", "allowance_id" });

            migrationBuilder.CreateIndex(
                name: "IX_settlement_cash_payments_county_household_id_day",
                table: "settlement_cash_payments",
                columns: new[] { "county", "household_id", "day" });

            migrationBuilder.CreateIndex(
                name: "IX_settlement_cash_payments_county_request_id",
                table: "settlement_cash_payments",
                columns: new[] { "county", "request_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_settlement_close_shares_county_household_id",
                table: "settlement_close_shares",
                columns: new[] { "county", "household_id" });

            migrationBuilder.CreateIndex(
                name: "IX_settlement_closes_county_organisation_id_until",
                table: "settlement_closes",
                columns: new[] { "county", "organisation_id", "until" });

            migrationBuilder.CreateIndex(
                name: "IX_settlement_closes_county_request_id",
                table: "settlement_closes",
                columns: new[] { "county", "request_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_settlement_closes_proposed",
                table: "settlement_closes",
                columns: new[] { "county", "organisation_id" },
                unique: true,
                filter: "state = 0");

            migrationBuilder.CreateIndex(
                name: "IX_settlement_entries_county_cause_cause_key",
                table: "settlement_entries",
                columns: new[] { "county", "cause", "cause_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_settlement_entries_county_day",
                table: "settlement_entries",
                columns: new[] { "county", "day" });

            migrationBuilder.CreateIndex(
                name: "IX_settlement_entries_county_line_id",
                table: "settlement_entries",
                columns: new[] { "county", "line_id" });

            migrationBuilder.CreateIndex(
                name: "IX_settlement_entries_county_lot_id",
                table: "settlement_entries",
                columns: new[] { "county", "lot_id" });

            migrationBuilder.CreateIndex(
                name: "IX_settlement_household_costs_household_id_day",
                table: "settlement_household_costs",
                columns: new[] { "household_id", "day" });

            migrationBuilder.CreateIndex(
                name: "IX_settlement_household_costs_request_id",
                table: "settlement_household_costs",
                column: "request_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_settlement_member_account_entries_county_corrects_id",
                table: "settlement_member_account_entries",
                columns: new[] { "county", "corrects_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_settlement_member_account_entries_county_organisation_id_household_id",
                table: "settlement_member_account_entries",
                columns: new[] { "county", "organisation_id", "household_id" });

            migrationBuilder.CreateIndex(
                name: "IX_settlement_member_account_entries_county_request_id_household_id",
                table: "settlement_member_account_entries",
                columns: new[] { "county", "request_id", "household_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_settlement_money_moves_county_request_id",
                table: "settlement_money_moves",
                columns: new[] { "county", "request_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_settlement_payees_county_household_id_state",
                table: "settlement_payees",
                columns: new[] { "county", "household_id", "state" });

            migrationBuilder.CreateIndex(
                name: "IX_settlement_payees_county_request_id",
                table: "settlement_payees",
                columns: new[] { "county", "request_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_settlement_payout_files_county_number",
                table: "settlement_payout_files",
                columns: new[] { "county", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_settlement_payout_files_county_request_id",
                table: "settlement_payout_files",
                columns: new[] { "county", "request_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_settlement_payout_lines_county_household_id",
                table: "settlement_payout_lines",
                columns: new[] { "county", "household_id" });

            migrationBuilder.CreateIndex(
                name: "IX_settlement_postings_county_account_id_entry_id",
                table: "settlement_postings",
                columns: new[] { "county", "account_id", "entry_id" });

            migrationBuilder.CreateIndex(
                name: "IX_settlement_scheme_uses_county_key_since",
                table: "settlement_scheme_uses",
                columns: new[] { "county", "key", "since" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_settlement_scheme_versions_request_id",
                table: "settlement_scheme_versions",
                column: "request_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_settlement_scheme_versions_scheme_id_number",
                table: "settlement_scheme_versions",
                columns: new[] { "scheme_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_settlement_scheme_versions_proposed",
                table: "settlement_scheme_versions",
                column: "scheme_id",
                unique: true,
                filter: "state = 1");

            migrationBuilder.CreateIndex(
                name: "IX_settlement_schemes_code",
                table: "settlement_schemes",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_settlement_schemes_request_id",
                table: "settlement_schemes",
                column: "request_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_settlement_seals_county_entry_id",
                table: "settlement_seals",
                columns: new[] { "county", "entry_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_settlement_share_merchants_county_request_id",
                table: "settlement_share_merchants",
                columns: new[] { "county", "request_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_settlement_share_merchants_county_role_owner",
                table: "settlement_share_merchants",
                columns: new[] { "county", "role", "owner" });

            migrationBuilder.CreateIndex(
                name: "IX_settlement_share_requests_county_number",
                table: "settlement_share_requests",
                columns: new[] { "county", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_settlement_share_requests_county_payment_id",
                table: "settlement_share_requests",
                columns: new[] { "county", "payment_id" });

            migrationBuilder.CreateIndex(
                name: "IX_settlement_share_requests_county_state_next_try_ms",
                table: "settlement_share_requests",
                columns: new[] { "county", "state", "next_try_ms" });

            migrationBuilder.CreateIndex(
                name: "ix_settlement_share_requests_look",
                table: "settlement_share_requests",
                columns: new[] { "county", "order_id" },
                filter: "needs_look");

            migrationBuilder.CreateIndex(
                name: "IX_settlement_share_returns_county_number",
                table: "settlement_share_returns",
                columns: new[] { "county", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_settlement_share_returns_county_order_id",
                table: "settlement_share_returns",
                columns: new[] { "county", "order_id" });

            migrationBuilder.CreateIndex(
                name: "IX_settlement_share_returns_county_state_next_try_ms",
                table: "settlement_share_returns",
                columns: new[] { "county", "state", "next_try_ms" });

            migrationBuilder.CreateIndex(
                name: "IX_settlement_shares_county_role_owner",
                table: "settlement_shares",
                columns: new[] { "county", "role", "owner" });

            migrationBuilder.CreateIndex(
                name: "IX_surveys_files_county_survey_id",
                table: "surveys_files",
                columns: new[] { "county", "survey_id" });

            migrationBuilder.CreateIndex(
                name: "IX_surveys_responses_by_account_id_state",
                table: "surveys_responses",
                columns: new[] { "by_account_id", "state" });

            migrationBuilder.CreateIndex(
                name: "IX_surveys_responses_county_request_id",
                table: "surveys_responses",
                columns: new[] { "county", "request_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_surveys_responses_county_survey_id_row_key",
                table: "surveys_responses",
                columns: new[] { "county", "survey_id", "row_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_surveys_responses_county_survey_id_version_state_area",
                table: "surveys_responses",
                columns: new[] { "county", "survey_id", "version", "state", "area" });

            migrationBuilder.CreateIndex(
                name: "IX_surveys_surveys_county_request_id",
                table: "surveys_surveys",
                columns: new[] { "county", "request_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_voice_ballot_counters_county_ballot_id_account_id",
                table: "voice_ballot_counters",
                columns: new[] { "county", "ballot_id", "account_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_voice_ballots_county_meeting_day",
                table: "voice_ballots",
                columns: new[] { "county", "meeting_day" });

            migrationBuilder.CreateIndex(
                name: "IX_voice_ballots_subject_kind_subject_id",
                table: "voice_ballots",
                columns: new[] { "subject_kind", "subject_id" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "market_agent_slip_lines");

            migrationBuilder.DropTable(
                name: "market_agent_slips");

            migrationBuilder.DropTable(
                name: "market_agent_tasks");

            migrationBuilder.DropTable(
                name: "market_agreement_deliveries");

            migrationBuilder.DropTable(
                name: "market_agreement_households");

            migrationBuilder.DropTable(
                name: "market_agreement_prices");

            migrationBuilder.DropTable(
                name: "market_agreements");

            migrationBuilder.DropTable(
                name: "market_api_keys");

            migrationBuilder.DropTable(
                name: "market_api_requests");

            migrationBuilder.DropTable(
                name: "market_bank_transfers");

            migrationBuilder.DropTable(
                name: "market_billed_days");

            migrationBuilder.DropTable(
                name: "market_board_prices");

            migrationBuilder.DropTable(
                name: "market_buyer_refunds");

            migrationBuilder.DropTable(
                name: "market_campaign_samples");

            migrationBuilder.DropTable(
                name: "market_campaigns");

            migrationBuilder.DropTable(
                name: "market_cash_papers");

            migrationBuilder.DropTable(
                name: "market_cash_slips");

            migrationBuilder.DropTable(
                name: "market_certificates");

            migrationBuilder.DropTable(
                name: "market_channels");

            migrationBuilder.DropTable(
                name: "market_claim_lines");

            migrationBuilder.DropTable(
                name: "market_claim_photos");

            migrationBuilder.DropTable(
                name: "market_claim_steps");

            migrationBuilder.DropTable(
                name: "market_claims");

            migrationBuilder.DropTable(
                name: "market_contract_papers");

            migrationBuilder.DropTable(
                name: "market_contracts");

            migrationBuilder.DropTable(
                name: "market_counter_sales");

            migrationBuilder.DropTable(
                name: "market_deliveries");

            migrationBuilder.DropTable(
                name: "market_delivery_looks");

            migrationBuilder.DropTable(
                name: "market_entered_waybills");

            migrationBuilder.DropTable(
                name: "market_epcis_captures");

            migrationBuilder.DropTable(
                name: "market_epcis_epcs");

            migrationBuilder.DropTable(
                name: "market_epcis_events");

            migrationBuilder.DropTable(
                name: "market_epcis_ids");

            migrationBuilder.DropTable(
                name: "market_evidence");

            migrationBuilder.DropTable(
                name: "market_fake_photos");

            migrationBuilder.DropTable(
                name: "market_fake_reports");

            migrationBuilder.DropTable(
                name: "market_fake_steps");

            migrationBuilder.DropTable(
                name: "market_freight_tariffs");

            migrationBuilder.DropTable(
                name: "market_grades");

            migrationBuilder.DropTable(
                name: "market_gs1_parties");

            migrationBuilder.DropTable(
                name: "market_gtins");

            migrationBuilder.DropTable(
                name: "market_hook_messages");

            migrationBuilder.DropTable(
                name: "market_hooks");

            migrationBuilder.DropTable(
                name: "market_import_files");

            migrationBuilder.DropTable(
                name: "market_import_refusals");

            migrationBuilder.DropTable(
                name: "market_import_runs");

            migrationBuilder.DropTable(
                name: "market_intakes");

            migrationBuilder.DropTable(
                name: "market_invoice_issues");

            migrationBuilder.DropTable(
                name: "market_invoices");

            migrationBuilder.DropTable(
                name: "market_line_weights");

            migrationBuilder.DropTable(
                name: "market_lot_growers");

            migrationBuilder.DropTable(
                name: "market_lot_makings");

            migrationBuilder.DropTable(
                name: "market_lot_moves");

            migrationBuilder.DropTable(
                name: "market_lot_numbers");

            migrationBuilder.DropTable(
                name: "market_lot_recalls");

            migrationBuilder.DropTable(
                name: "market_lots");

            migrationBuilder.DropTable(
                name: "market_offers");

            migrationBuilder.DropTable(
                name: "market_order_lines");

            migrationBuilder.DropTable(
                name: "market_orders");

            migrationBuilder.DropTable(
                name: "market_packing_scans");

            migrationBuilder.DropTable(
                name: "market_pavilions");

            migrationBuilder.DropTable(
                name: "market_payment_notices");

            migrationBuilder.DropTable(
                name: "market_payments");

            migrationBuilder.DropTable(
                name: "market_pictures");

            migrationBuilder.DropTable(
                name: "market_platform_statement_lines");

            migrationBuilder.DropTable(
                name: "market_platform_statements");

            migrationBuilder.DropTable(
                name: "market_price_weeks");

            migrationBuilder.DropTable(
                name: "market_products");

            migrationBuilder.DropTable(
                name: "market_quotation_lines");

            migrationBuilder.DropTable(
                name: "market_quotations");

            migrationBuilder.DropTable(
                name: "market_quote_requests");

            migrationBuilder.DropTable(
                name: "market_recall_calls");

            migrationBuilder.DropTable(
                name: "market_recall_marks");

            migrationBuilder.DropTable(
                name: "market_refund_claims");

            migrationBuilder.DropTable(
                name: "market_reviews");

            migrationBuilder.DropTable(
                name: "market_seller_codes");

            migrationBuilder.DropTable(
                name: "market_standing_days");

            migrationBuilder.DropTable(
                name: "market_standing_orders");

            migrationBuilder.DropTable(
                name: "market_suppliers");

            migrationBuilder.DropTable(
                name: "market_supplies");

            migrationBuilder.DropTable(
                name: "market_supply_reports");

            migrationBuilder.DropTable(
                name: "market_trace_addresses");

            migrationBuilder.DropTable(
                name: "market_unit_targets");

            migrationBuilder.DropTable(
                name: "market_videos");

            migrationBuilder.DropTable(
                name: "market_weighings");

            migrationBuilder.DropTable(
                name: "registry_account_claims");

            migrationBuilder.DropTable(
                name: "registry_account_logins");

            migrationBuilder.DropTable(
                name: "registry_account_tokens");

            migrationBuilder.DropTable(
                name: "registry_accounts");

            migrationBuilder.DropTable(
                name: "registry_adjudications");

            migrationBuilder.DropTable(
                name: "registry_area_changes");

            migrationBuilder.DropTable(
                name: "registry_area_statuses");

            migrationBuilder.DropTable(
                name: "registry_areas");

            migrationBuilder.DropTable(
                name: "registry_assistance_measures");

            migrationBuilder.DropTable(
                name: "registry_assistance_plans");

            migrationBuilder.DropTable(
                name: "registry_assistance_visits");

            migrationBuilder.DropTable(
                name: "registry_boundaries");

            migrationBuilder.DropTable(
                name: "registry_case_steps");

            migrationBuilder.DropTable(
                name: "registry_cases");

            migrationBuilder.DropTable(
                name: "registry_change_decisions");

            migrationBuilder.DropTable(
                name: "registry_change_requests");

            migrationBuilder.DropTable(
                name: "registry_change_touches");

            migrationBuilder.DropTable(
                name: "registry_code_slips");

            migrationBuilder.DropTable(
                name: "registry_consents");

            migrationBuilder.DropTable(
                name: "registry_county_forms");

            migrationBuilder.DropTable(
                name: "registry_field_changes");

            migrationBuilder.DropTable(
                name: "registry_files");

            migrationBuilder.DropTable(
                name: "registry_filled_forms");

            migrationBuilder.DropTable(
                name: "registry_household_events");

            migrationBuilder.DropTable(
                name: "registry_household_statuses");

            migrationBuilder.DropTable(
                name: "registry_households");

            migrationBuilder.DropTable(
                name: "registry_incomes");

            migrationBuilder.DropTable(
                name: "registry_member_roles");

            migrationBuilder.DropTable(
                name: "registry_members");

            migrationBuilder.DropTable(
                name: "registry_memberships");

            migrationBuilder.DropTable(
                name: "registry_notices");

            migrationBuilder.DropTable(
                name: "registry_objections");

            migrationBuilder.DropTable(
                name: "registry_organisations");

            migrationBuilder.DropTable(
                name: "registry_poverty_causes");

            migrationBuilder.DropTable(
                name: "registry_targeting_answers");

            migrationBuilder.DropTable(
                name: "registry_targeting_rules");

            migrationBuilder.DropTable(
                name: "registry_targeting_runs");

            migrationBuilder.DropTable(
                name: "registry_targeting_versions");

            migrationBuilder.DropTable(
                name: "registry_trail");

            migrationBuilder.DropTable(
                name: "registry_trail_seals");

            migrationBuilder.DropTable(
                name: "registry_trail_waiting");

            migrationBuilder.DropTable(
                name: "registry_warnings");

            migrationBuilder.DropTable(
                name: "settlement_account_statement_lines");

            migrationBuilder.DropTable(
                name: "settlement_account_statements");

            migrationBuilder.DropTable(
                name: "settlement_accounts");

            migrationBuilder.DropTable(
                name: "settlement_allowance_uses");

            migrationBuilder.DropTable(
                name: "settlement_allowances");

            migrationBuilder.DropTable(
                name: "settlement_cash_allowances");

            migrationBuilder.DropTable(
                name: "settlement_cash_entries");

            migrationBuilder.DropTable(
                name: "settlement_cash_payments");

            migrationBuilder.DropTable(
                name: "settlement_close_shares");

            migrationBuilder.DropTable(
                name: "settlement_closes");

            migrationBuilder.DropTable(
                name: "settlement_entries");

            migrationBuilder.DropTable(
                name: "settlement_household_costs");

            migrationBuilder.DropTable(
                name: "settlement_lot_sums");

            migrationBuilder.DropTable(
                name: "settlement_member_account_entries");

            migrationBuilder.DropTable(
                name: "settlement_money_moves");

            migrationBuilder.DropTable(
                name: "settlement_month_sums");

            migrationBuilder.DropTable(
                name: "settlement_payees");

            migrationBuilder.DropTable(
                name: "settlement_payout_files");

            migrationBuilder.DropTable(
                name: "settlement_payout_lines");

            migrationBuilder.DropTable(
                name: "settlement_postings");

            migrationBuilder.DropTable(
                name: "settlement_scheme_uses");

            migrationBuilder.DropTable(
                name: "settlement_scheme_versions");

            migrationBuilder.DropTable(
                name: "settlement_schemes");

            migrationBuilder.DropTable(
                name: "settlement_seals");

            migrationBuilder.DropTable(
                name: "settlement_share_merchants");

            migrationBuilder.DropTable(
                name: "settlement_share_requests");

            migrationBuilder.DropTable(
                name: "settlement_share_returns");

            migrationBuilder.DropTable(
                name: "settlement_shares");

            migrationBuilder.DropTable(
                name: "surveys_files");

            migrationBuilder.DropTable(
                name: "surveys_openings");

            migrationBuilder.DropTable(
                name: "surveys_responses");

            migrationBuilder.DropTable(
                name: "surveys_surveys");

            migrationBuilder.DropTable(
                name: "surveys_versions");

            migrationBuilder.DropTable(
                name: "voice_ballot_counters");

            migrationBuilder.DropTable(
                name: "voice_ballot_papers");

            migrationBuilder.DropTable(
                name: "voice_ballot_voters");

            migrationBuilder.DropTable(
                name: "voice_ballots");
        }
    }
}
