# terraform test -test-directory=tests/environments -var-file=environments/<environment>.tfvars
mock_provider "aws" {
  source = "./tests/mocks"
}

run "the_environment_can_be_planned" {
  command = plan

  assert {
    condition     = aws_eks_cluster.this.vpc_config[0].endpoint_private_access && !aws_eks_cluster.this.vpc_config[0].endpoint_public_access
    error_message = "Neither environment opens its API to the internet."
  }

  assert {
    condition     = startswith(aws_s3_bucket.backups.bucket, "shopstack-${var.environment}")
    error_message = "An environment must not write into the other's backups."
  }

  assert {
    condition     = var.delivery == (var.environment == "staging")
    error_message = "Images and builds are staging's; preprod uses them."
  }

  assert {
    condition     = length(aws_ecr_repository.this) > 0 == var.delivery && length(aws_codebuild_project.this) == (var.delivery ? 1 : 0) && length(aws_iam_role.build) == (var.delivery ? 1 : 0) && contains(keys(aws_kms_key.this), "registry") == var.delivery
    error_message = "Repositories and builds belong to one environment of the account."
  }

  assert {
    condition     = length(aws_nat_gateway.this) == (var.nat_per_zone ? 3 : 1) && length(aws_route.nat) == 3
    error_message = "NAT, one or one per zone, must serve all three private subnets."
  }
}
