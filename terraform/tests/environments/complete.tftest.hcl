# terraform test -test-directory=tests/environments -var-file=environments/<environment>.tfvars
mock_provider "aws" {
  source = "./tests/mocks"
}

run "the_environment_can_be_planned" {
  command = plan

  assert {
    condition     = !aws_eks_cluster.this.vpc_config[0].endpoint_public_access
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
}
