# Wrong values are refused by name before anything is asked of AWS.
mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  environment         = "staging"
  vpc_cidr            = "10.20.0.0/16"
  admin_role_arns     = ["arn:aws:iam::111122223333:role/operators"]
  backup_bucket       = "shopstack-test-backups"
  delivery            = true
  code_connection_arn = "arn:aws:codeconnections:eu-west-1:111122223333:connection/00000000-0000-0000-0000-000000000000"

  system_nodes = {
    instance_types = ["m6i.large"]
    minimum        = 2
    maximum        = 4
    disk_gib       = 40
  }

  shop_nodes = {
    instance_types = ["m6i.large"]
    minimum        = 3
    maximum        = 6
    disk_gib       = 40
  }
}

run "every_wrong_value_at_once" {
  command = plan

  variables {
    environment         = "production"
    vpc_cidr            = "10.20.0.0/20"
    api_public_cidrs    = ["0.0.0.0/0"]
    admin_role_arns     = []
    backup_bucket       = "Shop.Backups"
    code_connection_arn = null
    log_days            = 13

    shop_nodes = {
      instance_types = ["m6i.large"]
      minimum        = 1
      maximum        = 6
      disk_gib       = 40
    }
  }

  expect_failures = [
    var.environment, var.vpc_cidr, var.api_public_cidrs, var.admin_role_arns, var.backup_bucket, var.code_connection_arn,
    var.log_days, var.shop_nodes,
  ]
}

run "a_user_as_administrator" {
  command = plan

  variables {
    admin_role_arns = ["arn:aws:iam::111122223333:user/somebody"]
  }

  expect_failures = [var.admin_role_arns]
}
